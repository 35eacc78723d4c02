using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Commands under tight limits of memory and open files.</summary>
public sealed class MachineLimitTests(SmallWorld small) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(127)]
    public void Too_few_open_files_are_an_error_that_names_the_limit(int files)
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var command in Commands())
        {
            var ended = Under($"ulimit -n {files}", command);
            Assert.True(ended.Code == ExitCode.Output, $"{command[0]}: {ended.Code} {ended.Error}");
            Assert.Equal($"kindred: This process may open only {files} files at once, which is too few. Raise the limit, for example with ulimit -n 4096, and try again.\n", ended.Error);
        }
    }

    [Fact]
    public void A_limit_that_is_reached_later_is_the_same_error_or_none()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var command in Commands())
        {
            var ended = Under("ulimit -n 128", command);
            if (ended.Code == ExitCode.Success) continue;
            Assert.True(ended.Code == ExitCode.Output, $"{command[0]}: {ended.Code} {ended.Error}");
            Assert.EndsWith("kindred: This process may open only 128 files at once, which is too few. Raise the limit, for example with ulimit -n 4096, and try again.\n", ended.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Too_little_address_space_is_an_error_that_names_the_limit()
    {
        if (!OperatingSystem.IsLinux()) return;
        var ended = Under("ulimit -v 1900000", "lookup", DailyWorld.KnownUser, "--store", small.Days.SecondDay);
        Assert.Equal(ExitCode.Output, ended.Code);
        Assert.StartsWith("kindred: This process has 1,946 MB of address space; the runtime alone needs 2,000 MB. Raise the limit", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_gets_less_memory_than_it_stated_says_both()
    {
        if (!OperatingSystem.IsLinux()) return;
        var seeds = _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"l{i:D6},u{i % SmallWorld.UserCount:D7}\n")));
        var settings = _folder.Text("run.yaml", $"population: {small.Population}\nseeds: {seeds}\nstore: runs\nminimum_kept: 0\n");
        var ended = Under("export DOTNET_GCHeapHardLimit=0x3000000", "run", settings);
        Assert.True(ended.Code == ExitCode.Output, $"{ended.Code} {ended.Error}");
        Assert.Contains("kindred: Memory ran out: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("this process may use 50 MB. Raise the limit of the process or container (ulimit -v, DOTNET_GCHeapHardLimit)", ended.Error, StringComparison.Ordinal);
    }

    private string[][] Commands() =>
    [
        ["lookup", DailyWorld.KnownUser, "--store", small.Days.SecondDay],
        ["run", small.Days.Settings(small.Days.New("limited"), 1)],
        ["expand", "--population", small.Population, "--seeds", small.Seeds, "--size", "1%", "--out", _folder[$"audiences-{Guid.NewGuid():N}"]],
        ["embed", "--interactions", small.Interactions, "--out", _folder[$"population-{Guid.NewGuid():N}"]],
    ];

    private static Invocation Under(string limit, params string[] command) =>
        KindredProcess.Of("/bin/bash", ["-c", $"{limit}; exec \"$0\" \"$@\"", .. KindredProcess.Words, .. command]);
}
