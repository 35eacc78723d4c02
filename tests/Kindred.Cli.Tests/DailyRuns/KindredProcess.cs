using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>The command as a process of its own: one that can be killed, or be given less than it needs.</summary>
internal static class KindredProcess
{
    // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>.
    private static readonly string Dotnet = Path.Combine(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    private static readonly string Program = typeof(CommandLine).Assembly.Location;

    public static Process Start(params string[] arguments) => Start(Dotnet, [Program, .. arguments]);

    /// <summary>Starts the command so that no file that it writes may be longer than this.</summary>
    public static Process StartWithFilesUpTo(int kilobytes, params string[] arguments) =>
        Start("/bin/bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"", Dotnet, Program, .. arguments]);

    public static Invocation Ended(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Invocation(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
    }

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,

        // The runtime maps its own code through a file that would be too long for a limit.
        Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
    })!;
}
