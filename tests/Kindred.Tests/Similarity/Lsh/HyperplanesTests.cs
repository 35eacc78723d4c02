using Kindred.Catalog;
using Kindred.Scoring;
using Kindred.Similarity.Lsh;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.Lsh;

public sealed class HyperplanesTests
{
    private static readonly HyperplaneSettings _settings = new(1, 250, 8, 3, 1, 0, 2);

    private static int Users => UserTile.LaneCount;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.2)]
    [InlineData(2.9)]
    public void The_angle_determines_how_often_two_users_are_on_the_same_side_of_a_hyperplane(double angle)
    {
        // Two users in the plane of the first two dimensions, rotated together. Goemans and Williamson 1995: 1 − θ/π.
        var group = new float[4 * Users];
        for (var user = 0; user < Users; user++)
        {
            var turned = user / 2 * 0.5 + (user % 2) * angle;
            group[user] = (float)Math.Cos(turned);
            group[Users + user] = (float)Math.Sin(turned);
        }

        var regions = new ushort[250 * Users];
        Hyperplanes.Shared(_settings).FindRegions(group, regions, Users);
        var same = Enumerable.Range(0, 12).Average(pair => Enumerable.Range(0, 250).Average(table =>
            8 - System.Numerics.BitOperations.PopCount((uint)(regions[table * Users + 2 * pair] ^ regions[table * Users + 2 * pair + 1]))) / 8);

        // 2,000 hyperplanes: a standard deviation of at most 0.011 for a pair.
        Assert.Equal(1 - angle / Math.PI, same, 0.03);
    }

    [Fact]
    public void Close_users_share_more_regions_than_distant_ones()
    {
        var shared = new[] { 0.05, 0.2, 0.5, 1.5 }.Select(angle =>
        {
            var group = new float[4 * Users];
            (group[0], group[1], group[Users + 1]) = (1, (float)Math.Cos(angle), (float)Math.Sin(angle));
            var regions = new ushort[250 * Users];
            Hyperplanes.Shared(_settings).FindRegions(group, regions, Users);
            return Enumerable.Range(0, 250).Count(table => regions[table * Users] == regions[table * Users + 1]);
        }).ToArray();
        Assert.Equal(shared.OrderDescending(), shared);
        Assert.Equal(4, shared.Distinct().Count());
    }

    [Fact]
    public void Directions_are_standard_normal_numbers()
    {
        var normal = new NormalNumbers(7);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => normal.Next()).ToArray();
        Assert.Equal(0, numbers.Average(), 0.03);
        Assert.Equal(1, numbers.Average(x => x * x), 0.05);
        Assert.Equal(3, numbers.Average(x => x * x * x * x), 0.3);
        Assert.Equal(0.3829, numbers.Average(x => Math.Abs(x) < 0.5 ? 1 : 0), 0.015);
    }

    [Fact]
    public void Equal_settings_share_one_object_and_other_settings_do_not()
    {
        var planes = Hyperplanes.Shared(_settings);
        Assert.Same(planes, Hyperplanes.Shared(_settings with { }));
        Assert.NotSame(planes, Hyperplanes.Shared(_settings with { Seed = 2 }));
        Assert.NotSame(planes, Hyperplanes.Shared(_settings with { EmbeddingScale = 2 }));
        GC.KeepAlive(planes);
    }

    [Fact]
    public void Reloaded_models_score_with_the_same_bits_and_share_their_hyperplanes()
    {
        var users = TestPopulation.Random(300, 16, 1);
        using var population = TestPopulation.Of(users, 2);
        var method = new LshMethod(new LshOptions { Tables = 9, Bits = 6 });
        var models = new[] { 0, 100 }.Select(skip => TestScores.Train(method, population, users.Skip(skip).Take(80).Select(user => user.Id))).ToArray();
        var read = models.Select(model => (LshScorer)Methods.All.ReadScorer(((IStoredScorer)model.Scorer).Parameters)).ToArray();
        Assert.Same(read[0].Planes, read[1].Planes);
        for (var i = 0; i < 2; i++) TestScores.AssertSameBits(TestScores.Of(models[i].Scorer, population), TestScores.Of(read[i], population));
        Assert.NotEqual(read[0].Values, read[1].Values);
    }

    [Theory]
    [InlineData("bits", "5", "values")]
    [InlineData("bits", "40", "40 bits")]
    [InlineData("seed", "many", "'many'")]
    [InlineData("activity_deviation", "0", "values")]
    public void A_damaged_model_is_refused(string setting, string value, string said)
    {
        using var population = TestPopulation.Of(TestPopulation.Random(100, 16, 1));
        var model = TestScores.Train(new LshMethod(new LshOptions { Tables = 9, Bits = 6 }), population, Enumerable.Range(0, 50).Select(i => $"u{i}"));
        var parameters = ((IStoredScorer)model.Scorer).Parameters;
        var damaged = parameters with { Settings = new Dictionary<string, string>(parameters.Settings) { [setting] = value } };
        var error = Assert.Throws<KindredException>(() => Methods.All.ReadScorer(damaged));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
