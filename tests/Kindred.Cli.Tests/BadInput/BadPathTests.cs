using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Input paths that are not files.</summary>
public sealed class BadPathTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a device of zeros", "/dev/zero", "line 1: the text has NUL characters")]
    [InlineData("a device of nothing", "/dev/null", "line 1: the file is empty")]
    [InlineData("a file that cannot be read, not even by root", "/proc/self/mem", "the file cannot be read", "Check its permissions")]
    [InlineData("a folder", "{folder}", "this is a folder that holds no .csv", "Give the files in it")]
    [InlineData("a link to a folder", "{folder}/to-folder", "this is a folder that holds no .csv")]
    [InlineData("a link to itself", "{folder}/loop", "cannot be read", "Check its permissions")]
    [InlineData("a link to nothing", "{folder}/dangling", "the file cannot be read")]
    [InlineData("a file in a file", "{folder}/file/x.csv", "there is no such file")]
    [InlineData("a file that is not there", "{folder}/none.csv", "there is no such file", "a relative one starts at the current folder")]
    public void Is_refused_by_name(string what, string path, params string[] says)
    {
        _folder.Text("file", "user_id\n");
        Directory.CreateSymbolicLink(_folder["to-folder"], _folder.Path);
        File.CreateSymbolicLink(_folder["loop"], "loop");
        File.CreateSymbolicLink(_folder["dangling"], "nowhere");
        path = path.Replace("{folder}", _folder.Path, StringComparison.Ordinal);
        var before = Directory.GetFileSystemEntries(_folder.Path);
        foreach (var command in new string[][]
        {
            ["train", "--population", world.Population, "--out", _folder["out"], "--seeds", path],
            ["embed", "--dimension", "16", "--out", _folder["out"], "--interactions", path],
            ["experiment", "analyze", "--unit", "user_id", "--metric", "mean:value", "--log", path],
        })
        {
            var run = Invocation.Of(command);
            Assert.True(run.Code == ExitCode.BadInput, $"{what}, {command[0]}: {run.Code} {run.Error}");
            Assert.Contains(path, run.Error, StringComparison.Ordinal);
            Assert.All(says, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
            Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
        }
    }

    [Fact]
    public void An_empty_name_is_refused()
    {
        var run = Invocation.Of("train", "--population", world.Population, "--out", _folder["out"], "--seeds", "");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("The name of an input file is empty", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{folder}/none", ExitCode.BadInput, "there is no such folder")]
    [InlineData("{folder}/file", ExitCode.BadInput, "is a file")]
    [InlineData("{folder}/loop", ExitCode.BadInput, "{folder}/loop is a file")]
    [InlineData("{folder}", ExitCode.Corrupt, "manifest.json is missing")]
    public void A_path_that_is_no_population_is_refused_by_name(string path, int code, string says)
    {
        _folder.Text("file", "mine");
        File.CreateSymbolicLink(_folder["loop"], "loop");
        path = path.Replace("{folder}", _folder.Path, StringComparison.Ordinal);
        var run = Invocation.Of("train", "--population", path, "--seeds", world.Seeds, "--out", Path.Combine(world.World, "never"));
        Assert.True(run.Code == code, $"{run.Code} {run.Error}");
        Assert.Contains(says.Replace("{folder}", _folder.Path, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(world.World, "never")));
    }
}
