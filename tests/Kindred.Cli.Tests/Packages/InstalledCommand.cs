using System.Diagnostics;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Packages;

/// <summary>A check of an installed command.</summary>
internal static class InstalledCommand
{
    /// <summary>Asserts that the command has this build's version, makes the same Parquet world, and embeds it. Parquet needs the native
    /// library.</summary>
    public static void AssertWorks(string kindred, string folder, Action<ProcessStartInfo> set)
    {
        var version = Invocation.Good("--version").Output.TrimEnd();
        Assert.Equal($"{version}\n", Alone("--version").Output);
        string[] generate = ["generate", "--users", "3000", "--seed-lists", "3", "--format", "parquet", "--out"];
        Alone([.. generate, folder]);
        Invocation.Good([.. generate, folder + "-expected"]);
        FolderContents.AssertSame(folder + "-expected", folder);
        Alone("embed", "--interactions", Path.Combine(folder, "interactions.parquet"), "--dimension", "16", "--iterations", "1", "--copies", "1", "--out", folder + "-population");
        Invocation.Good("verify", folder + "-population");

        // Runs without the environment of these tests.
        Invocation Alone(params string[] arguments)
        {
            var run = KindredProcess.Of(kindred, arguments, start =>
            {
                start.Environment.Clear();
                set(start);
            });
            Assert.True(run.Code == 0, $"kindred {string.Join(' ', arguments)} ended with {run.Code}: {run.Error}");
            return run;
        }
    }
}
