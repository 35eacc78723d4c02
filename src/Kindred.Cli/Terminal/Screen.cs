using System.Globalization;

namespace Kindred.Cli.Terminal;

/// <summary>Where a command writes: results to standard output, everything else to standard error.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Notes, progress and errors.</param>
/// <param name="interactive">Whether somebody watches: only then progress is drawn.</param>
/// <param name="quiet">Whether notes are left out too.</param>
internal sealed class Screen(TextWriter output, TextWriter error, bool interactive, bool quiet) : IProgressReporter
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>A line about what is going on.</summary>
    public void Note(FormattableString text)
    {
        if (!quiet) Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A piece of work whose progress is shown until it is disposed.</summary>
    public IProgressStep Start(string work) => new ProgressLine(Error, work, interactive && !quiet);
}
