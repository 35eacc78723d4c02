using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Kindred.Cli.Commands;
using Kindred.Cli.Shell;

namespace Kindred.Cli;

/// <summary>The <c>kindred</c> command: parses, runs, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    private const string Name = "kindred";

    // No word is the name of a file of words: ids may begin with '@'.
    public static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The words behind <c>kindred</c>.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Everything else.</param>
    /// <param name="watched">Whether somebody watches standard error: only then progress is drawn.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, bool watched)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return Run(arguments, output, error, watched, cancellation.Token);

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>Runs one command line that may be stopped and that nobody watches.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation) =>
        Run(arguments, output, error, watched: false, cancellation);

    /// <summary>Runs one command line that may be stopped.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, bool watched, CancellationToken cancellation)
    {
        var parsed = Root(output, error, watched, cancellation).Parse(arguments.Length == 0 ? ["--help"] : arguments, Parser);
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not (HelpAction or PrintVersion) && ParseProblems.Of(parsed) is { Count: > 0 } problems)
        {
            foreach (var problem in problems) error.WriteLine($"kindred: {problem}");
            error.WriteLine($"See `{CommandTree.PathOf(command)} --help`.");
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            Pipes.Check(parsed);

            // In a list of commands a line each is enough; examples stand in each command's own help.
            foreach (var below in command.Subcommands) below.Description = below.Description!.Split('\n')[0];
            var code = parsed.Invoke(configuration);
            if (parsed.Action is HelpAction && !command.Parents.Any()) WriteExitCodes(output);
            return code;
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
    /// <summary>All commands.</summary>
    public static Command Root(TextWriter output, TextWriter error, bool watched, CancellationToken cancellation)
    {
        var run = new CommandRun(output, error, watched, cancellation);
        return new Command(Name, "Grows an advertiser's seed list into an audience: the users of a population who are most like it.\n\n" +
            "Examples:\n  kindred demo\n  kindred train --help")
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
            CompletionCommand.Create(run),
            CompletionCommand.CreateAsked(run),
        };
    }

    private static void WriteExitCodes(TextWriter output)
    {
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCode.All) output.WriteLine($"  {code,3}  {meaning}");
        output.WriteLine();
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
