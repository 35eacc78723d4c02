using Kindred.Data.Populations;

namespace Kindred.Pipeline.Tests.Running;

public sealed class PopulationRefreshTests
{
    private const string Made = "population: { folder: made, interactions: interactions.csv, dimension: 16 }\nseeds: seeds.csv\nminimum_audience: 5\nsizes: 40\n";

    [Fact]
    public void Neither_a_plan_nor_a_run_uses_a_population_of_older_interactions()
    {
        using var run = new TestRun(users: 300, lists: 2);
        run.Write("run.yaml", Made);
        WriteInteractions(run, shift: 0);
        run.PlanOnly();
        var planned = VersionOf(run);
        WriteInteractions(run, shift: 1);
        run.Run();
        var published = VersionOf(run);
        Assert.NotEqual(planned, published);
        WriteInteractions(run, shift: 2);
        run.PlanOnly();
        Assert.NotEqual(published, VersionOf(run));
    }

    [Fact]
    public void A_population_of_the_same_interactions_is_not_rebuilt()
    {
        using var run = new TestRun(users: 300, lists: 2);
        run.Write("run.yaml", Made);
        WriteInteractions(run, shift: 0);
        run.Run();
        var written = Directory.GetCreationTimeUtc(run["made"]);
        Assert.False(run.Run().IsNew);
        Assert.Equal(written, Directory.GetCreationTimeUtc(run["made"]));
    }

    [Fact]
    public void A_population_that_the_run_did_not_create_is_not_replaced()
    {
        using var run = new TestRun(users: 300, lists: 2);
        run.Write("run.yaml", Made.Replace("folder: made", "folder: population", StringComparison.Ordinal));
        WriteInteractions(run, shift: 0);
        var before = FolderContents.Of(run.Population);
        Assert.Equal("population_not_made_by_run", Assert.Throws<KindredException>(() => run.Run()).Code);
        Assert.Equal(before, FolderContents.Of(run.Population));
    }

    [Fact]
    public void A_missing_column_names_the_key_and_the_settings_file()
    {
        using var run = new TestRun(users: 300, lists: 2);
        run.Write("run.yaml", Made);
        run.Write("interactions.csv", "user_id,itemid\nu00001,i1\n");
        var error = Assert.Throws<KindredException>(() => run.Run());
        Assert.Equal("settings_column_missing", error.Code);
        Assert.Contains($"In {run.SettingsFile} 'columns' sets the names of columns, as in 'columns: {{ item_id: itemid }}'", error.Remedy, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run["made"]));
    }

    private static void WriteInteractions(TestRun run, int shift) => run.Write("interactions.csv",
        "user_id,item_id\n" + string.Concat(run.Users.SelectMany((user, i) => Enumerable.Range(0, 4).Select(n => $"{user.Id},i{(i * (n + 3) + shift * n) % 37}\n"))));

    private static string VersionOf(TestRun run) => PopulationSnapshot.ReadManifest(run["made"]).Version;
}
