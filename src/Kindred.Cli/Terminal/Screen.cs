using Kindred.Reports;

namespace Kindred.Cli.Terminal;

/// <summary>A command's output: results go to standard output, everything else to standard error.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Notes, progress and errors.</param>
/// <param name="interactive">True if standard error is a terminal. Progress is drawn only there.</param>
/// <param name="quiet">Suppresses notes and progress.</param>
internal sealed class Screen(TextWriter output, TextWriter error, bool interactive, bool quiet) : IProgressReporter
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Writes a note.</summary>
    public void Note(FormattableString text)
    {
        if (!quiet) Error.WriteLine(text.ToString(new OptionWords()));
    }

    /// <summary>Starts a piece of work; its progress is shown until it is disposed.</summary>
    public IProgressStep Start(string work) =>
        new ProgressLine(Error is VisibleTextWriter shown ? shown.Inner : Error, VisibleText.Of(work), interactive && !quiet);
}
