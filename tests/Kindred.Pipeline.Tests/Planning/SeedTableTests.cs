using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Pipeline.Planning;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Pipeline.Tests.Planning;

public sealed class SeedTableTests : IDisposable
{
    private static readonly SeedList[] _lists =
    [
        new("a", IdList.From(["u1", "u22", "ü3"]), new Dictionary<string, float[]> { ["clicks"] = [1, float.NaN, 3] }, 2),
        new("b", IdList.Empty, new Dictionary<string, float[]> { ["clicks"] = [] }) { Unknown = 7 },
    ];

    private readonly TemporaryFolder _folder = new();

    public SeedTableTests() => SeedTable.Write(_folder.Path, _lists);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_round_trip_with_duplicate_and_unknown_counts()
    {
        using var table = SeedTable.Open(_folder.Path, verify: true);
        Assert.Equal((2, 3L), (table.Count, table.Users));
        foreach (var (list, i) in _lists.Select((list, i) => (list, i)))
        {
            Assert.Equal((list.Id, list.Duplicates, list.Unknown, list.Given), (table[i].Id, table[i].Duplicates, table[i].Unknown, table[i].Given));
            Assert.Equal(Enumerable.Range(0, list.Users.Count).Select(list.Users.GetString), Enumerable.Range(0, table[i].Users.Count).Select(table[i].Users.GetString));
            Assert.Equal(list.Metrics["clicks"], table[i].Metrics["clicks"]);
        }
    }

    [Fact]
    public void Tables_of_format_version_1_report_zero_unknown_users()
    {
        File.Delete(_folder["unknown.npy"]);
        File.Delete(_folder["manifest.json"]);
        FolderManifest.Describe(_folder.Path, SeedTable.Format, 1, new JsonObject { ["metrics"] = new JsonArray("clicks") }).Write(_folder.Path);
        using var table = SeedTable.Open(_folder.Path, verify: true);
        Assert.Equal((3, 0), (table[0].Given, table[1].Unknown));
    }
}
