using System.Globalization;
using System.Numerics;
using System.Text;
using Kindred.Experiments.Assignment;
using Kindred.Sampling;
using Kindred.Tests.Shared;

namespace Kindred.Experiments.Tests.Assignment;

public sealed class UnitAssignmentTests
{
    private static readonly AssignmentArm[] _halves = [new("control", 1), new("treatment", 1)];

    // From the Python XXH64 in docs/reference/assignment.md: hash of the arms, arm of 50:50, slot of 100; hash of the layer, bucket.
    [Theory]
    [InlineData("checkout", "u0000001", 0xD63204C3AC33A73A, 1, 83, "ads", 0xAB344591F284D75E, 6687)]
    [InlineData("checkout", "u0000002", 0xB97D909C6A81D7A0, 1, 72, "ads", 0x050D4613C5992C72, 197)]
    [InlineData("checkout", "user-42", 0x33D9E001C12F1C8D, 0, 20, "ads", 0x5EE517BB8FF7C9A5, 3706)]
    [InlineData("colour", "u0000001", 0xC741E0E71AA9D82C, 1, 77, "ads", 0xAB344591F284D75E, 6687)]
    [InlineData("checkout", "Zoë", 0xBE315D0BEDF26B76, 1, 74, "ads", 0x05C12D4B217B98CC, 224)]
    [InlineData("checkout", "a-rather-long-identifier-of-more-than-32-bytes", 0xC7132749D0F811C9, 1, 77, "ads", 0x1083BF0B3C58C8B8, 645)]
    [InlineData("日本", "u0000001", 0x94940F339EEDAD9B, 1, 58, "ads", 0xAB344591F284D75E, 6687)]
    [InlineData("checkout", "u0000003", 0x3B9498CC4141FF26, 0, 23, "checkout", 0x8C214054105CF260, 5473)]
    public void Follows_the_published_vectors(string salt, string unit, ulong hash, int arm, int slot, string layerSalt, ulong layerHash, int bucket)
    {
        var id = Encoding.UTF8.GetBytes(unit);
        Assert.Equal(hash, AssignmentHash.Of(id, AssignmentHash.SeedOfArms(salt)));
        Assert.Equal(layerHash, AssignmentHash.Of(id, AssignmentHash.SeedOfLayer(layerSalt)));
        Assert.Equal(arm, new UnitAssignment(salt, _halves).Arm(id));
        Assert.Equal(slot, new UnitAssignment(salt, [.. Enumerable.Range(0, 100).Select(i => new AssignmentArm($"{i}", 1))]).Arm(id));
        Assert.Equal(arm, new UnitAssignment(salt, _halves, new AssignmentLayer(layerSalt, bucket, bucket + 1)).Arm(id));
        Assert.Equal(-1, new UnitAssignment(salt, _halves, new AssignmentLayer(layerSalt, bucket + 1, AssignmentLayer.Buckets)).Arm(id));
        Assert.Equal(-1, new UnitAssignment(salt, _halves, new AssignmentLayer(layerSalt, 0, bucket)).Arm(id));
    }

    [Fact]
    public void The_Python_code_in_the_reference_gives_every_id_the_same_arm()
    {
        var random = new SeededRandom(5);
        string[] letters = ["a", "7", "-", "é", "日", "😀", "z"];
        var ids = Enumerable.Range(0, 400).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.NextInt32(45)).Select(_ => letters[random.NextInt32(letters.Length)]))).ToArray();
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "reference", "assignment.md"));
        var script = text.Split("```python\n")[1].Split("```")[0];
        var answers = PythonOracle.Run(script + "\nfor unit in open('ids.txt', encoding='utf-8').read().split('\\n'): print(arm_of(unit, 'sält', [3, 1, 2]), bucket_of(unit, 'layer'))", ("ids.txt", string.Join('\n', ids)));
        var assignment = new UnitAssignment("sält", [new("a", 3), new("b", 1), new("c", 2)]);
        Assert.Equal(2 * ids.Length, answers.Length);
        Assert.All(ids, (id, i) =>
        {
            var bucket = (int)answers[2 * i + 1];
            Assert.Equal((int)answers[2 * i], assignment.Arm(Encoding.UTF8.GetBytes(id)));
            Assert.True(new UnitAssignment("s", _halves, new AssignmentLayer("layer", bucket, bucket + 1)).Arm(Encoding.UTF8.GetBytes(id)) >= 0);
        });

        static string Root()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Kindred.slnx"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    [Fact]
    public void An_arm_has_its_planned_share_of_all_hashes_up_to_one_hash() =>
        Gen.Long[1, AssignmentArm.MaxWeight].Array[2, 6].Sample(weights =>
        {
            var assignment = Of(weights);
            var (sum, before) = (weights.Sum(), 0L);
            for (var arm = 0; arm < weights.Length; before += weights[arm++])
            {
                // The first hash with h·W / 2⁶⁴ ≥ the weights before this arm, with integers of any length.
                var first = (ulong)(((BigInteger)before * BigInteger.Pow(2, 64) + sum - 1) / sum);
                Assert.Equal(arm, assignment.ArmOfHash(first));
                if (arm > 0) Assert.Equal(arm - 1, assignment.ArmOfHash(first - 1));
            }

            Assert.Equal(weights.Length - 1, assignment.ArmOfHash(ulong.MaxValue));
        }, iter: 1000);

    [Fact]
    public void Only_the_ratio_of_the_weights_matters() =>
        Gen.Select(Gen.Long[1, 1000], Gen.Long[1, 1000], Gen.Long[2, 1000], Gen.ULong).Sample((one, other, factor, hash) =>
            Assert.Equal(Of(one, other).ArmOfHash(hash), Of(one * factor, other * factor).ArmOfHash(hash)));

    [Fact]
    public void Buckets_start_and_end_at_the_exact_hashes() =>
        Gen.Int[0, AssignmentLayer.Buckets - 1].Sample(bucket =>
        {
            var one = new UnitAssignment("s", _halves, new AssignmentLayer("layer", bucket, bucket + 1));
            var (first, next) = (FirstHash(bucket), FirstHash(bucket + 1));
            Assert.True(one.IsInLayer((ulong)first) && one.IsInLayer((ulong)(next - 1)));
            if (first > 0) Assert.False(one.IsInLayer((ulong)(first - 1)));
            if (next <= ulong.MaxValue) Assert.False(one.IsInLayer((ulong)next));
        });

    [Fact]
    public void Experiments_that_partition_a_layer_get_every_unit_exactly_once()
    {
        UnitAssignment[] experiments = [.. new[] { (0, 1), (1, 2500), (2500, 9999), (9999, 10_000) }.Select(range =>
            new UnitAssignment($"{range}", _halves, new AssignmentLayer("layer", range.Item1, range.Item2)))];
        Assert.All(Ids(20_000), id => Assert.Single(experiments, experiment => experiment.Arm(id) >= 0));
    }

    [Fact]
    public void An_experiment_grows_by_buckets_without_moving_units_between_arms()
    {
        var (small, large) = (InBuckets(0, 1000), InBuckets(0, 5000));
        var inside = Ids(20_000).Where(id => small.Arm(id) >= 0).ToArray();
        Assert.InRange(inside.Length, 1800, 2200);
        Assert.All(inside, id => Assert.Equal(small.Arm(id), large.Arm(id)));
    }

    [Fact]
    public void A_change_of_weights_moves_only_the_units_of_the_reassigned_share()
    {
        var (even, uneven) = (Of(50, 50), Of(60, 40));
        Assert.All(Ids(10_000), id =>
        {
            var slot = AssignmentHash.Slot(AssignmentHash.Of(id, AssignmentHash.SeedOfArms("s")), 100);
            Assert.Equal(slot is >= 50 and < 60, even.Arm(id) != uneven.Arm(id));
        });
    }

    [Fact]
    public void Excluded_units_are_in_no_arm_and_move_no_other_unit()
    {
        string[] excluded = ["u0000007", "Zoë", "u0000007"];
        var (all, some) = (new UnitAssignment("s", _halves), new UnitAssignment("s", _halves, excluded: excluded));
        Assert.Equal(2, some.ExcludedUnits);
        Assert.Equal(-1, some.Arm("Zoë"u8));
        Assert.Null(some.ArmOf("u0000007"));
        Assert.All(Ids(1000).Where(id => Encoding.UTF8.GetString(id) != "u0000007"), id => Assert.Equal(all.Arm(id), some.Arm(id)));
        Assert.Contains(all.ArmOf("Zoë"), new[] { "control", "treatment" });
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var assignment = new UnitAssignment("s", [.. _halves, new("third", 3)], new AssignmentLayer("layer", 0, 9000), ["x1", "x2"]);
        var found = Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        found += Ask();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(found, -4, 4);

        int Ask() => assignment.Arm("u0000001"u8) + assignment.Arm("x1"u8);
    }

    [Theory]
    [InlineData("", 1, 1, 0, 1, "salt of the assignment is empty")]
    [InlineData("s", 0, 1, 0, 1, "weight of arm 'a' is 0")]
    [InlineData("s", 1, 1_000_000_001, 0, 1, "weight of arm 'b' is 1000000001")]
    [InlineData("s", 1, 1, -1, 1, "-1 up to 1")]
    [InlineData("s", 1, 1, 0, 10_001, "0 up to 10001")]
    [InlineData("s", 1, 1, 5, 5, "5 up to 5")]
    public void Impossible_settings_are_refused_with_the_value_and_the_rule(string salt, long one, long other, int from, int to, string expected)
    {
        var error = Assert.Throws<KindredException>(() => new UnitAssignment(salt, [new("a", one), new("b", other)], new AssignmentLayer("layer", from, to)));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_arm_and_duplicate_names_are_refused()
    {
        Assert.Contains("has 1 arms", Assert.Throws<KindredException>(() => new UnitAssignment("s", [new("a", 1)])).Message, StringComparison.Ordinal);
        Assert.Contains("called 'a'", Assert.Throws<KindredException>(() => new UnitAssignment("s", [new("a", 1), new("a", 1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_a_layer_overlap_if_they_share_a_bucket()
    {
        var layer = new AssignmentLayer("layer", 10, 20);
        Assert.True(layer.Overlaps(layer with { From = 19, To = 30 }) && layer.Overlaps(layer with { From = 0, To = 11 }) && layer.Overlaps(layer with { From = 12, To = 13 }));
        Assert.False(layer.Overlaps(layer with { From = 20, To = 30 }) || layer.Overlaps(layer with { From = 0, To = 10 }) || layer.Overlaps(layer with { Salt = "other" }));
    }

    private static BigInteger FirstHash(int bucket) =>
        ((BigInteger)bucket * BigInteger.Pow(2, 64) + AssignmentLayer.Buckets - 1) / AssignmentLayer.Buckets;

    private static UnitAssignment Of(params long[] weights) => new("s", [.. weights.Select((weight, arm) => new AssignmentArm($"{arm}", weight))]);

    private static UnitAssignment InBuckets(int from, int to) => new("s", _halves, new AssignmentLayer("layer", from, to));

    private static byte[][] Ids(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u{i:D7}")))];
}
