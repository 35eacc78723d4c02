using System.CommandLine;
using Kindred.Cli.Terminal;

namespace Kindred.Cli.Commands;

/// <summary>What every command is run with. The commands themselves are made once, so it comes with each command line.</summary>
internal sealed class CommandRun : InvocationConfiguration
{
    /// <summary>Whether standard error is a terminal: only then progress is drawn.</summary>
    public required bool Watched { get; init; }

    /// <summary>Runs another command line in the same way; returns its exit code.</summary>
    public required Func<string[], int> Again { get; init; }

    /// <summary>Stops the command.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>That of a command line that is being run.</summary>
    public static CommandRun Of(ParseResult parsed) => (CommandRun)parsed.InvocationConfiguration;

    /// <summary>Where the command writes.</summary>
    public Screen Screen(ParseResult parsed) => new(Output, Error, interactive: Watched, quiet: parsed.GetValue(CommonOptions.Quiet));
}
