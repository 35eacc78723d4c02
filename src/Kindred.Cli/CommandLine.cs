using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Kindred.Cli.Commands;

namespace Kindred.Cli;

/// <summary>The <c>kindred</c> command: parses, runs, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    private const string Name = "kindred";

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
        var parsed = Root(output, error, cancellation).Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Action is ParseErrorAction wrong) wrong.ShowHelp = false;
        if (parsed.CommandResult.Command is { Name: Name } root)
        {
            // In the list of commands a line each is enough; examples stand in each command's own help.
            foreach (var command in root.Subcommands) command.Description = command.Description!.Split('\n')[0];
        }

        var configuration = new InvocationConfiguration
        {
            // Suggestions for a mistyped word are no result: whoever reads standard output reads results only.
            Output = parsed.Action is ParseErrorAction ? error : output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = parsed.Invoke(configuration);
            if (parsed.Action is not ParseErrorAction) return code;
            error.WriteLine($"See `{(parsed.CommandResult.Command.Name is Name ? Name : $"{Name} {parsed.CommandResult.Command.Name}")} --help`.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine(stopped is StoppedException ? stopped.Message : "Stopped; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (KindredException problem)
        {
            error.WriteLine($"kindred: {problem.Message}");
            return ExitCode.Of(problem.Kind);
        }
        catch (IOException problem)
        {
            // Files are opened and written by code that names them; what is left is standard output, which may be full or a closed pipe.
            error.WriteLine($"kindred: the result cannot be written: {problem.Message.TrimEnd('.')}. Check what standard output goes to, and that its disk has room.");
            return ExitCode.Output;
        }
        catch (Exception defect)
        {
            error.WriteLine($"kindred: unexpected error; this is a defect of Kindred. Please report it with the lines below.\n{defect}");
            return ExitCode.Unexpected;
        }
    }

    // A RootCommand would be called after the program's file, which people do not type.
    private static Command Root(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var run = new CommandRun(output, error, cancellation);
        return new Command(Name, "Grows an advertiser's seed list into an audience: the users of a population who are most like it.")
        {
            new HelpOption { Recursive = true },
            new VersionOption { Action = new PrintVersion() },
            DemoCommandLine.Create(run),
            EmbedCommand.Create(run),
            ImportCommand.Create(run),
            CheckCommand.Create(run),
            InspectCommand.Create(run),
            TuneCommand.Create(run),
            TrainCommand.Create(run),
            ExpandCommand.Create(run),
            EvaluateCommand.Create(run),
            CompareCommand.Create(run),
            ReachCommand.Create(run),
            ExperimentCommand.Create(run),
            RunCommand.Create(run),
            RunsCommand.Create(run),
            DiffCommand.Create(run),
            RollbackCommand.Create(run),
            LookupCommand.Create(run),
            ForgetCommand.Create(run),
            WorkerCommand.Create(run),
            GenerateCommand.Create(run),
            VerifyCommand.Create(run),
            ShowCommand.Create(run),
            BenchCommand.Create(run),
        };
    }

    // The default prints the version with a hash of the source; people want the number.
    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine($"{Name} {version.Split('+')[0]}");
            return ExitCode.Success;
        }
    }
}
