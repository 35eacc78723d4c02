using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Tests damaged folders: errors name the file and the remedy, verification finds all damage, and nothing changes.</summary>
public sealed class DamagedFolderTests(SmallWorld world) : IDisposable
{
    private static readonly Dictionary<string, DamagedFolder> _all = DamagedFolders.All.ToDictionary(one => one.What, StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. _all.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_and_found_by_verification(string what)
    {
        var damaged = _all[what];
        var copy = Copy(damaged.Kind == "population" ? "v1" : "v2", damaged.Kind);
        damaged.Damage(copy);
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);

        var opened = Invocation.Of(damaged.Kind == "population"
            ? ["train", "--population", copy, "--seeds", world.Seeds, "--out", _folder["out"]]
            : ["expand", "--population", world.Population, "--models", copy, "--size", "10", "--out", _folder["out"]]);
        if (damaged.IsNoticed)
        {
            Assert.True(opened.Code == damaged.Code, $"Exit code {opened.Code}, not {damaged.Code}:\n{opened.Output}{opened.Error}");
            Assert.All(damaged.Says, text => Assert.Contains(text, opened.Error, StringComparison.Ordinal));
            Assert.Contains(copy, opened.Error, StringComparison.Ordinal);
            Assert.Contains(damaged.Remedy, opened.Error, StringComparison.Ordinal);
            Assert.Equal("", opened.Output);
        }

        var verified = Invocation.Of("verify", copy);
        Assert.True(verified.Code == ExitCode.Corrupt, $"{verified.Code}: {verified.Output}{verified.Error}");
        Assert.Contains("What to do", verified.Output, StringComparison.Ordinal);
        if (!damaged.IsNoticed) Assert.All(damaged.Says, text => Assert.Contains(text, verified.Output, StringComparison.Ordinal));
        Assert.Contains(Invocation.Of("show", copy).Code, new[] { ExitCode.Success, ExitCode.BadInput, ExitCode.Corrupt });
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
    }

    private string Copy(string version, string kind)
    {
        var from = Path.Combine(Repository.Root, "tests", "Formats", version, kind);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder[kind], Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return _folder[kind];
    }
}
