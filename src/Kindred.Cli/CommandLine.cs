using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Kindred.Cli.Commands;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Tables;
using Kindred.Reports;

namespace Kindred.Cli;

/// <summary>The <c>kindred</c> command: parses, runs, and turns errors into messages and exit codes.</summary>
internal static class CommandLine
{
    private const string Name = "kindred";

    // Response files are off: ids may begin with '@'.
    public static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    /// <summary>All commands, created once, because an option keeps a reference to every command it is added to.</summary>
    /// <remarks>Not a RootCommand: that would be named after the program's file.</remarks>
    public static Command Root { get; } = Create();

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The words after <c>kindred</c>.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Notes, progress and errors.</param>
    /// <param name="watched">True if standard error is a terminal. Progress is drawn only there.</param>
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

    /// <summary>Runs one command line without progress.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation) =>
        Run(arguments, output, error, watched: false, cancellation);

    /// <summary>Runs one command line.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, bool watched, CancellationToken cancellation)
    {
        var terminal = !Console.IsOutputRedirected && ReferenceEquals(output, Console.Out);
        var data = terminal ? new VisibleTextWriter(output, quoted: true) : output;
        return Run(arguments, new VisibleTextWriter(output), data, new VisibleTextWriter(error), watched, cancellation);
    }

    private static int Run(string[] arguments, TextWriter output, TextWriter data, VisibleTextWriter error, bool watched,
        CancellationToken cancellation)
    {
        if (!TryExpand(ref arguments, error)) return ExitCode.Usage;
        var parsed = Root.Parse(arguments.Length == 0 ? ["--help"] : arguments, Parser);
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not (HelpAction or PrintVersion) && ParseProblems.Of(parsed) is { Count: > 0 } problems)
        {
            foreach (var problem in problems) error.WriteLine($"kindred: {problem}");
            error.WriteLine($"See `{CommandTree.PathOf(command)} --help`.");
            return ExitCode.Usage;
        }

        var run = new CommandRun
        {
            Output = output,
            Data = data,
            Error = error,
            Watched = watched,
            Cancellation = cancellation,
            Again = words => Run(words, output, data, error, watched: false, cancellation),
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            Pipes.Check(parsed);
            return parsed.Action is HelpAction ? Help(parsed, run) : parsed.Invoke(run);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine(stopped is StoppedException ? stopped.Message : "Stopped; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (Exception problem)
        {
            // Not in a filter, which runs while everything that the command holds still fills the memory.
            return Report(MachineLimits.Explain(problem) ?? problem, parsed, error);
        }
    }

    private static bool TryExpand(ref string[] arguments, TextWriter error)
    {
        try
        {
            arguments = SettingsOption.Expand(arguments, Root);
            return true;
        }
        catch (KindredException problem)
        {
            error.WriteLine($"kindred: {NextSteps.Message(problem)}");
            return false;
        }
    }

    private static int Report(Exception problem, ParseResult parsed, TextWriter error)
    {
        switch (problem)
        {
            case KindredException known:
                error.WriteLine($"kindred: {(known is MissingColumnException missing ? ColumnOptions.Explain(parsed, missing) : NextSteps.Message(known))}");
                return ExitCode.Of(known.Kind);
            case OutputLeftException:
                return ExitCode.Output;
            case IOException or UnauthorizedAccessException:
                // Code that opens and writes files names them in its errors. What is left is standard output: a full disk or a closed pipe.
                error.WriteLine($"kindred: the result cannot be written: {problem.Message.TrimEnd('.')}. Check the target of standard output and its free disk space.");
                return ExitCode.Output;
            default:
                error.WriteLine("kindred: unexpected error. This is a bug in Kindred; please report it with the lines below.");
                error.Write($"{problem}\n");
                return ExitCode.Unexpected;
        }
    }

    private static Command Create() => CommandTree.WithRequiredFirst(
        new(Name, "Expands an advertiser's seed list into an audience: the most similar users of a population.\n\n" +
            "Examples:\n  kindred demo\n  kindred train --help")
        {
            new HelpOption { Recursive = true },
            new VersionOption("--version", "-v") { Action = new PrintVersion() },
            DemoCommand.Create(),
            EmbedCommand.Create(),
            ImportCommand.Create(),
            CheckCommand.Create(),
            InspectCommand.Create(),
            TuneCommand.Create(),
            TrainCommand.Create(),
            ExpandCommand.Create(),
            EvaluateCommand.Create(),
            CompareCommand.Create(),
            ReachCommand.Create(),
            ExperimentCommand.Create(),
            RunCommand.Create(),
            RunsCommand.Create(),
            DiffCommand.Create(),
            RollbackCommand.Create(),
            LookupCommand.Create(),
            ForgetCommand.Create(),
            WorkerCommand.Create(),
            GenerateCommand.Create(),
            VerifyCommand.Create(),
            ShowCommand.Create(),
            BenchCommand.Create(),
            HelpCommand.Create(),
            CompletionCommand.Create(),
            CompletionCommand.CreateAsked(),
        });

    /// <summary>Shows help. A list of commands has one line each; examples are in each command's own help.</summary>
    private static int Help(ParseResult parsed, CommandRun run)
    {
        var command = parsed.CommandResult.Command;

        // The commands are shared, and other threads may read their help.
        lock (Root)
        {
            var whole = command.Subcommands.Select(below => below.Description!).ToArray();
            foreach (var below in command.Subcommands) below.Description = below.Description!.Split('\n')[0];
            try
            {
                var help = new StringWriter();
                var output = run.Output;
                run.Output = help;
                var code = parsed.Invoke(run);
                run.Output = output;
                output.Write(HelpGroups.Apply(help.ToString()));
                if (!command.Parents.Any()) WriteExitCodes(output);
                return code;
            }
            finally
            {
                foreach (var (below, description) in command.Subcommands.Zip(whole)) below.Description = description;
            }
        }
    }

    private static void WriteExitCodes(TextWriter output)
    {
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCode.All) output.WriteLine($"  {code,3}  {meaning}");
        output.WriteLine();
    }

    // The default also prints a source hash.
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
