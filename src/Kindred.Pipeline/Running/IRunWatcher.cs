namespace Kindred.Pipeline.Running;

/// <summary>Is told what a run is doing.</summary>
public interface IRunWatcher
{
    /// <summary>A line for people.</summary>
    void Note(FormattableString text);

    /// <summary>A piece of work begins; it ends when what comes back is disposed of.</summary>
    /// <param name="work">What is done.</param>
    IRunWork Start(string work);
}

/// <summary>A piece of work whose progress is shown.</summary>
public interface IRunWork : IDisposable
{
    /// <summary>Told the share done, 0 to 1, from several threads.</summary>
    void Report(double share);
}
