using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kindred.Experiments.Assignment;

namespace Kindred.Experiments.Tests.Assignment;

/// <summary>Tests that hashes look random: χ² statistics over many salts have their expected distribution.</summary>
/// <remarks>
/// Everything here is a fixed computation, so a bound is either always met or never. Chance exceeds the bounds
/// about once in 10⁵. The mean of a χ² with f degrees of freedom over 400 salts is f ± 4.4 √(2f / 400).
/// </remarks>
public sealed class AssignmentUniformityTests
{
    private const int Salts = 400;
    private const int Units = 5000;

    private static readonly string[] _kinds = ["sequential", "sequential without zeros", "binary", "near equal", "long", "hexadecimal"];

    public static TheoryData<string> Kinds => [.. _kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void Arms_get_their_planned_shares_with_any_salt(string kind)
    {
        AssignmentArm[] arms = [new("a", 5), new("b", 3), new("c", 1), new("d", 1)];
        var ids = Ids(kind);
        AssertChiSquare(3, salt =>
        {
            var assignment = new UnitAssignment($"experiment {salt}", arms);
            var counts = new int[4];
            foreach (var id in ids) counts[assignment.Arm(id)]++;
            return arms.Select((arm, i) => Term(counts[i], Units * arm.Weight / 10.0)).Sum();
        });
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Arms_of_two_salts_are_independent(string kind)
    {
        var ids = Ids(kind);
        // Salts that differ in one character, like those of an experiment and its repetition.
        AssertChiSquare(16 - 1, salt => Crossed(ids, id => Four($"test-{salt}").Arm(id), Four($"test-{salt + 1}")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_experiment_is_independent_of_layers_even_of_one_with_the_same_name(string kind)
    {
        var ids = Ids(kind);
        AssertChiSquare(16 - 1, salt => Crossed(ids, id => Quarter($"test-{salt}", id), Four($"test-{salt}")));
        AssertChiSquare(16 - 1, salt => Crossed(ids, id => Quarter($"layer-{salt}", id), Four($"test-{salt}")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Two_layers_are_independent(string kind)
    {
        var ids = Ids(kind);
        AssertChiSquare(16 - 1, salt => ChiSquare(ids.Select(id => Quarter($"layer-{salt}", id) * 4 + Quarter($"layer-{salt + 1}", id)), 16));
    }

    [Fact]
    public void Neighbours_among_sequential_ids_are_independent()
    {
        var ids = Ids("sequential");
        AssertChiSquare(16 - 1, salt =>
        {
            var arms = ids.Select(id => Four($"test-{salt}").Arm(id)).ToArray();
            return ChiSquare(Enumerable.Range(0, Units / 2).Select(i => arms[2 * i] * 4 + arms[2 * i + 1]), 16);
        });
    }

    [Fact]
    public void All_buckets_of_a_layer_are_used_equally()
    {
        const int ids = 1_000_000;
        var seed = AssignmentHash.SeedOfLayer("layer");
        Span<byte> id = stackalloc byte[8];
        var counts = new int[AssignmentLayer.Buckets];
        for (var i = 0; i < ids; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(id, i);
            counts[(int)AssignmentHash.Slot(AssignmentHash.Of(id, seed), AssignmentLayer.Buckets)]++;
        }

        var statistic = counts.Sum(count => Term(count, 100));
        Assert.InRange(statistic, 9999 - 4.4 * Math.Sqrt(2 * 9999), 9999 + 4.4 * Math.Sqrt(2 * 9999));
    }

    private static UnitAssignment Four(string salt) => new(salt, [new("a", 1), new("b", 1), new("c", 1), new("d", 1)]);

    private static int Quarter(string layer, byte[] id) =>
        (int)AssignmentHash.Slot(AssignmentHash.Of(id, AssignmentHash.SeedOfLayer(layer)), 4);

    private static double Crossed(byte[][] ids, Func<byte[], int> one, UnitAssignment other) =>
        ChiSquare(ids.Select(id => one(id) * 4 + other.Arm(id)), 16);

    private static double ChiSquare(IEnumerable<int> cells, int count)
    {
        var counts = new int[count];
        var all = 0;
        foreach (var cell in cells)
        {
            counts[cell]++;
            all++;
        }

        return counts.Sum(cell => Term(cell, all / (double)count));
    }

    private static double Term(double count, double expected) => (count - expected) * (count - expected) / expected;

    /// <summary>Asserts that mean and variance over salts are those of χ². Too even is as wrong as too uneven.</summary>
    private static void AssertChiSquare(double freedom, Func<int, double> statistic)
    {
        var values = Enumerable.Range(0, Salts).Select(statistic).ToArray();
        var mean = values.Average();
        Assert.InRange(mean, freedom - 4.4 * Math.Sqrt(2 * freedom / Salts), freedom + 4.4 * Math.Sqrt(2 * freedom / Salts));
        // The variance of a sample variance is σ⁴ (κ − 1) / n with the kurtosis κ = 3 + 12 / f of χ².
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (Salts - 1);
        var tolerance = 4.4 * 2 * freedom * Math.Sqrt((2 + 12 / freedom) / Salts);
        Assert.InRange(variance, 2 * freedom - tolerance, 2 * freedom + tolerance);
    }

    private static byte[][] Ids(string kind) => [.. Enumerable.Range(0, Units).Select(i => kind switch
    {
        "sequential" => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u{i:D7}")),
        "sequential without zeros" => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i}")),
        "binary" => BitConverter.GetBytes((long)i),
        // Zeros with two ones: one among the first 64 places and one after them.
        "near equal" => [.. Enumerable.Range(0, 64 + Units / 64 + 1).Select(at => (byte)(at == i % 64 || at == 64 + i / 64 ? '1' : '0'))],
        "long" => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"https://example.com/profiles/of/people/{i:D9}/settings")),
        _ => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(uint)i:x8}-0000-4000-8000-000000000000")),
    })];
}
