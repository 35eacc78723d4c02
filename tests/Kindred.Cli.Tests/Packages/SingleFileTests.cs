using System.Runtime.InteropServices;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Packages;

/// <summary>Tests of the command as a single file that includes the runtime.</summary>
public sealed class SingleFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_single_file_runs_without_dotnet_and_makes_the_world_of_this_build()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "The single file is made for linux-x64.");

        // The compiler server may outlive the build, so it must not hold a pipe that this test reads to the end.
        var made = KindredProcess.Of(
            "/bin/bash", ["-c", "\"$0\" \"$1\" > \"$2\" 2>&1 < /dev/null", Path.Combine(Repository.Root, "publish.sh"), _folder["single"], _folder["log"]], start =>
            {
                // Uses the SDK that runs these tests.
                start.Environment["PATH"] = $"{Path.GetDirectoryName(KindredProcess.Words[0])}:{start.Environment["PATH"]}";
                start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            });
        var log = File.ReadAllText(_folder["log"]);
        Assert.SkipWhen(made.Code != 0 && log.Contains("NU1301", StringComparison.Ordinal), "The runtime's package is not in the cache, and no feed can be reached.");
        Assert.True(made.Code == 0, log);
        Assert.Equal(["kindred"], Directory.GetFileSystemEntries(_folder["single"]).Select(Path.GetFileName));
        InstalledCommand.AssertWorks(
            Path.Combine(_folder["single"], "kindred"), _folder["single-world"], start => start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = _folder["extracted"]);
    }
}
