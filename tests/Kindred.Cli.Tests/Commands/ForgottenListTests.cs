using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that work outside a daily run leaves out the users who were deleted from its store.</summary>
public sealed class ForgottenListTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_embedded_population_has_the_bytes_of_one_from_files_without_the_users(bool withUsers)
    {
        var gone = Forget();
        string[] Embed(string interactions, string users, string name) =>
        [
            "embed", "--interactions", interactions, .. withUsers ? ["--users", users] : Array.Empty<string>(), "--dimension", "16",
            "--iterations", "1", "--quiet", "--out", _folder[name],
        ];
        Invocation.Good([.. Embed(world.Interactions, world.Users, "made"), "--forgotten", Path.Combine(Store, "forgotten.json")]);
        Invocation.Good(Embed(Without(world.Interactions, gone), Without(world.Users, gone), "expected"));
        FolderContents.AssertSame(_folder["expected"], _folder["made"]);

        // An update would bring the users of the old population back.
        Invocation.Good(Embed(world.Interactions, world.Users, "old"));
        var refused = Invocation.Of("embed", "--update", _folder["old"], "--interactions", world.Interactions, "--out", _folder["new"], "--forgotten", Store);
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains($"holds {gone.Length} users who were deleted permanently", refused.Error, StringComparison.Ordinal);
        Assert.Contains("kindred forget", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_population_has_the_bytes_of_one_from_files_without_the_users()
    {
        var gone = Forget();
        var vectors = _folder.Text("vectors.csv", "user_id,country,a,b,c\n"
            + string.Concat(world.People.Select((person, i) => FormattableString.Invariant($"{person.Id},{person.Country},{i % 7},1,{i % 5}\n"))));
        string[] Import(string file, string name) => ["import", "--embeddings", file, "--quiet", "--out", _folder[name]];
        Invocation.Good([.. Import(vectors, "made"), "--forgotten", Store]);
        Invocation.Good(Import(Without(vectors, gone), "expected"));
        Assert.DoesNotContain(FolderContents.Differences(_folder["expected"], _folder["made"]), name => name != "manifest.json");
        foreach (var user in gone) Assert.DoesNotContain(user, ReadAll(_folder["made"]), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_neither_seeds_nor_members()
    {
        var gone = Forget();
        string[] expand = ["expand", "--population", world.Population, "--method", "centroid", "--size", "20%", "--include-seed", "--quiet", "--out"];
        Invocation.Good([.. expand, _folder["made"], "--seeds", world.Seeds, "--forgotten", Store]);
        Invocation.Good([.. expand, _folder["expected"], "--seeds", Without(world.Seeds, gone), "--exclude", _folder.Text("gone.csv", "user_id\n" + string.Join('\n', gone) + "\n")]);
        Invocation.Good([.. expand, _folder["with"], "--seeds", world.Seeds]);
        FolderContents.AssertSame(_folder["expected"], _folder["made"]);
        Assert.Contains(gone, user => ReadAll(_folder["with"]).Contains(user, StringComparison.Ordinal));
        Assert.DoesNotContain(gone, user => ReadAll(_folder["made"]).Contains(user, StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_is_not_there_is_an_error()
    {
        var run = Invocation.Of("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["made"], "--forgotten", _folder["nowhere"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains($"{_folder["nowhere"]}: there is no such store or list of permanently deleted users", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["made"]));
    }

    private string Store => _folder["runs"];

    private string[] Forget()
    {
        string[] gone = [.. world.SeedsOf["advertiser-02"].Order(StringComparer.Ordinal).Take(2), world.People.First(person => person.Active).Id];
        DailyWorld.CopyFolder(world.Days.FirstDay, Store);
        File.Delete(Path.Combine(Store, "population-folder"));
        Invocation.Good(["forget", .. gone.Distinct(), "--store", Store, "--quiet"]);
        return [.. gone.Distinct()];
    }

    private string Without(string file, string[] users)
    {
        var lines = File.ReadAllLines(file);
        var column = Array.IndexOf(lines[0].Split(','), "user_id");
        return _folder.Text($"without-{Path.GetFileName(file)}", string.Concat(lines.Where(line => !users.Contains(line.Split(',')[column])).Select(line => line + "\n")));
    }

    private static string ReadAll(string folder) =>
        string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
}
