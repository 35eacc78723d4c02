using System.CommandLine;
using Kindred.Cli.Terminal;

namespace Kindred.Cli.Commands;

/// <summary>The context of one command line. The commands themselves are created once and shared.</summary>
internal sealed class CommandRun : InvocationConfiguration
{
    /// <summary>Receives data for programs, as CSV: exact, except on a terminal.</summary>
    public required TextWriter Data { get; init; }

    /// <summary>True if standard error is a terminal. Progress is drawn only there.</summary>
    public required bool Watched { get; init; }

    /// <summary>Runs another command line in the same way; returns its exit code.</summary>
    public required Func<string[], int> Again { get; init; }

    /// <summary>Cancels the command.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>The context of a command line that is running.</summary>
    public static CommandRun Of(ParseResult parsed) => (CommandRun)parsed.InvocationConfiguration;

    /// <summary>Creates the screen that the command writes to.</summary>
    public Screen Screen(ParseResult parsed) => new(Output, Error, interactive: Watched, quiet: parsed.GetValue(CommonOptions.Quiet));
}
