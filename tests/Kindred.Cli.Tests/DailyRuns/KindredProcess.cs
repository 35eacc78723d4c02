using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>The command in a separate process, which a test can kill or starve of resources.</summary>
internal static class KindredProcess
{
    // The runtime is in <root>/shared/Microsoft.NETCore.App/<version>.
    private static readonly string Dotnet = Path.Combine(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    private static readonly string Program = typeof(CommandLine).Assembly.Location;

    /// <summary>The words that start the command, for a shell.</summary>
    public static string[] Words => [Dotnet, Program];

    public static Process Start(params string[] arguments) => Start(Dotnet, [Program, .. arguments]);

    /// <summary>Runs the command to its end in a given working folder.</summary>
    public static Invocation In(string folder, params string[] arguments) => Ended(Start(Dotnet, [Program, .. arguments], start => start.WorkingDirectory = folder));

    /// <summary>Runs the command to its end with bytes on standard input.</summary>
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
            // The command ended before reading everything; its message says why.
        }

        return Ended(process);
    }

    /// <summary>Starts the command with an open standard input and a separate folder for temporary files.</summary>
    public static Process Waiting(string temporaryFolder, params string[] arguments) => Start(Dotnet, [Program, .. arguments], start =>
    {
        start.RedirectStandardInput = true;
        start.Environment["TMPDIR"] = temporaryFolder;

        // Otherwise the runtime creates a debugger socket there.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
    });

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public static void Interrupt(Process process)
    {
        const int Interrupted = 2;
        _ = Kill(process.Id, Interrupted);
    }

    /// <summary>Starts the command with a limit on the length of the files that it writes.</summary>
    public static Process StartWithFilesUpTo(int kilobytes, params string[] arguments) =>
        Start("/bin/bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"", Dotnet, Program, .. arguments]);

    /// <summary>Starts the command with limits on its address space and on the managed heap.</summary>
    public static Process StartWithin(int kilobytes, long heapBytes, params string[] arguments) =>
        Start("/bin/bash", ["-c", $"ulimit -v {kilobytes}; export DOTNET_GCHeapHardLimit={heapBytes:x}; exec \"$0\" \"$@\"", Dotnet, Program, .. arguments]);

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

    /// <summary>Runs a program to its end.</summary>
    public static Invocation Of(string program, string[] arguments, Action<ProcessStartInfo>? set = null) => Ended(Start(program, arguments, set));

    private static Process Start(string program, string[] arguments, Action<ProcessStartInfo>? set = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Otherwise the runtime maps its code through a file that exceeds the length limit.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        set?.Invoke(start);
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
