using System.CommandLine;
using Kindred.Cli.Terminal;

namespace Kindred.Cli.Commands;

/// <summary>What every command is run with.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Notes, progress and errors.</param>
/// <param name="Watched">Whether standard error is a terminal: only then progress is drawn.</param>
/// <param name="Cancellation">Stops the command.</param>
internal sealed record CommandRun(TextWriter Output, TextWriter Error, bool Watched, CancellationToken Cancellation)
{
    /// <summary>Where the command writes.</summary>
    public Screen Screen(ParseResult parsed) => new(Output, Error, interactive: Watched, quiet: parsed.GetValue(CommonOptions.Quiet));
}
