using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>The command as a process of its own: one that can be killed, or be given less than it needs.</summary>
internal static class KindredProcess
{
    // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>.
    private static readonly string Dotnet = Path.Combine(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    private static readonly string Program = typeof(CommandLine).Assembly.Location;

    /// <summary>The words that start the command, for a shell.</summary>
    public static string[] Words => [Dotnet, Program];

    public static Process Start(params string[] arguments) => Start(Dotnet, [Program, .. arguments]);

    /// <summary>Runs the command in a folder of its own choice, to its end.</summary>
    public static Invocation In(string folder, params string[] arguments) => Ended(Start(Dotnet, [Program, .. arguments], start => start.WorkingDirectory = folder));

    /// <summary>Runs the command with bytes on its standard input, to its end.</summary>
    public static Invocation Piped(byte[] input, params string[] arguments)
    {
        var process = Start(Dotnet, [Program, .. arguments], start => start.RedirectStandardInput = true);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all: its message says why.
        }

        return Ended(process);
    }

    /// <summary>Starts the command with a standard input that nothing comes from, and a folder of its own for temporary files.</summary>
    public static Process Waiting(string temporaryFolder, params string[] arguments) => Start(Dotnet, [Program, .. arguments], start =>
    {
        start.RedirectStandardInput = true;
        start.Environment["TMPDIR"] = temporaryFolder;

        // The runtime keeps a socket for debuggers there otherwise.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
    });

    /// <summary>Sends what Ctrl-C sends.</summary>
    public static void Interrupt(Process process)
    {
        const int Interrupted = 2;
        _ = Kill(process.Id, Interrupted);
    }

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

    /// <summary>Runs any program, to its end.</summary>
    public static Invocation Of(string program, string[] arguments, Action<ProcessStartInfo>? set = null) => Ended(Start(program, arguments, set));

    private static Process Start(string program, string[] arguments, Action<ProcessStartInfo>? set = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // The runtime maps its own code through a file that would be too long for a limit.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        set?.Invoke(start);
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
