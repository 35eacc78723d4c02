namespace Kindred;

/// <summary>Receives the progress and the notes of a long piece of work, so that a terminal, a server or a log can show them.</summary>
public interface IProgressReporter
{
    /// <summary>Receives a line for people.</summary>
    void Note(FormattableString text);

    /// <summary>Begins a step; the step ends when the returned object is disposed.</summary>
    /// <param name="work">A name for people, as in "Training embeddings".</param>
    IProgressStep Start(string work);
}
