namespace Kindred.Pipeline.Tests.Store;

/// <summary>
/// Tests the keys of plans and versions, which every later version of the program reads, whatever the properties are called.
/// </summary>
public sealed class StoredKeysTests
{
    [Fact]
    public void Plans_and_versions_keep_the_keys_of_earlier_versions()
    {
        using var run = new TestRun(lists: 2, settings: "sizes: 40\ncountries: HU\nlists: { l01: { schedule: mon } }");
        var plan = File.ReadAllText(run.PlanOnly(day: "2026-11-23"));
        Assert.Contains("\"learnsFrom\": \"HU\"", plan, StringComparison.Ordinal);
        run.Run(day: "2026-11-23");

        // The seeds changed but the list is not due: the model stays.
        run.Lists[1] = (run.Lists[1].Id, run.Lists[1].Seeds[1..]);
        run.WriteSeeds();
        Assert.Contains("\"kept\": {", File.ReadAllText(run.PlanOnly(day: "2026-11-24")), StringComparison.Ordinal);
        var version = run.Run(day: "2026-11-24").Version;
        Assert.True(version.Units[1].NotDue);
        var lists = File.ReadAllText(Path.Combine(run.Open().VersionFolder(version.Number), "lists.json"));
        Assert.Contains("\"learntFrom\":\"HU\"", lists, StringComparison.Ordinal);
        Assert.Contains("\"kept\":true", lists, StringComparison.Ordinal);
    }
}
