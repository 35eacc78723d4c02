using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Kindred.Cli.Commands;

namespace Kindred.Cli;

/// <summary>The <c>kindred</c> command: parses, runs, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return Run(arguments, output, error, cancellation.Token);

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>Runs one command line that may be stopped.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var parsed = Root(output, error, cancellation).Parse(arguments);
        if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = parsed.Invoke(configuration);
            if (parsed.Action is not ParseErrorAction) return code;
            error.WriteLine($"See `kindred {parsed.CommandResult.Command.Name switch { "kindred" => "", var name => name + " " }}--help`.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine("Stopped; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (KindredException problem)
        {
            error.WriteLine($"kindred: {problem.Message}");
            return ExitCode.Of(problem.Kind);
        }
        catch (Exception defect)
        {
            error.WriteLine($"kindred: unexpected error; this is a defect of Kindred. Please report it with the lines below.\n{defect}");
            return ExitCode.Unexpected;
        }
    }

    private static RootCommand Root(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var run = new CommandRun(output, error, cancellation);
        var root = new RootCommand("Grows an advertiser's seed list into an audience: the users of a population who are most like it.")
        {
            DemoCommandLine.Create(run),
            EmbedCommand.Create(run),
            TrainCommand.Create(run),
            ExpandCommand.Create(run),
            EvaluateCommand.Create(run),
            GenerateCommand.Create(run),
        };
        ReplaceVersion(root);
        return root;
    }

    // The default prints the version with a hash of the source; people want the number.
    private static void ReplaceVersion(RootCommand root)
    {
        var version = root.Options.OfType<VersionOption>().First();
        version.Action = new PrintVersion();
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine($"kindred {version.Split('+')[0]}");
            return ExitCode.Success;
        }
    }
}
