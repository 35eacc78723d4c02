using System.CommandLine;
using Kindred.Cli.Terminal;

namespace Kindred.Cli.Commands;

/// <summary>What every command is run with.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Notes, progress and errors.</param>
/// <param name="Cancellation">Stops the command.</param>
internal sealed record CommandRun(TextWriter Output, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>Where the command writes.</summary>
    public Screen Screen(ParseResult parsed) =>
        new(Output, Error, interactive: !Console.IsErrorRedirected && Error == Console.Error, quiet: parsed.GetValue(CommonOptions.Quiet));
}
