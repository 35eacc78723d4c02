using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Formats;

namespace Kindred.Data.Tests.Formats;

public sealed class FolderFormatsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_format_has_a_unique_name_a_version_and_a_remedy()
    {
        Assert.Equal(FolderFormats.All.Count, FolderFormats.All.Select(format => format.Name).Distinct().Count());
        Assert.All(FolderFormats.All, format =>
        {
            Assert.StartsWith("kindred-", format.Name, StringComparison.Ordinal);
            Assert.True(format.NewestVersion >= 1);
            Assert.False(format.Remedy.EndsWith('.'), format.Remedy);
            Assert.Same(format, FolderFormats.Find(format.Name));
        });
        Assert.Null(FolderFormats.Find("kindred-dreams"));
    }

    [Fact]
    public void Files_are_checked_even_in_a_format_without_a_specific_check()
    {
        _folder.Text("good.json", "{}");
        _folder.Text("bad.json", "{");
        _folder.Text("bad.npy", "no array");
        FolderManifest.Describe(_folder.Path, "kindred-demo", 1, []).Write(_folder.Path);
        var found = FolderVerification.Run(_folder.Path);
        Assert.Equal(2, found.Problems);
        Assert.Contains(found.Sentences, sentence => sentence.StartsWith(_folder["bad.json"], StringComparison.Ordinal));
        Assert.Contains(found.Sentences, sentence => sentence.StartsWith(_folder["bad.npy"], StringComparison.Ordinal));
    }

    [Fact]
    public void Files_listed_without_a_checksum_must_exist_and_may_change()
    {
        _folder.Text("times.json", "{}");
        FolderManifest.Describe(_folder.Path, "kindred-demo", 1, [], "times.json").Write(_folder.Path);
        _folder.Text("times.json", "[1]");
        Assert.True(FolderVerification.Run(_folder.Path).IsWhole);
        File.Delete(_folder["times.json"]);
        Assert.Equal(["times.json is missing"], FolderVerification.Run(_folder.Path).Sentences.Select(sentence => sentence.Replace(_folder.Path + "/", "", StringComparison.Ordinal).Split(',')[0]));
    }

    [Fact]
    public void Plain_facts_are_numbers_and_counts_but_not_ids_or_seeds()
    {
        var content = new JsonObject { ["users"] = 7, ["seed"] = "3", ["seeds"] = 4, ["lastUserId"] = "u1", ["method"] = "mlp", ["seedLists"] = new JsonArray("a", "b"), ["tuned"] = true };
        FolderManifest.Describe(_folder.Path, "kindred-world", 1, content).Write(_folder.Path);
        var facts = FolderSummary.Of(_folder.Path).Facts;
        Assert.Equal("""{"method":"mlp","seed_lists":2,"tuned":true,"users":7}""", facts.ToJsonString());
    }
}
