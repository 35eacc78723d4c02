namespace Kindred.App.Tests;

/// <summary>Records the steps and notes of a use case.</summary>
public sealed class RecordedProgress : IProgressReporter
{
    private readonly Lock _lock = new();
    private int _open;

    /// <summary>The steps, in the order of their start.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>The notes.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>True if a step reported a share outside 0 to 1.</summary>
    public bool SharesAreWrong { get; private set; }

    /// <summary>True if a step is still open.</summary>
    public bool IsOpen => _open != 0;

    public void Note(FormattableString text)
    {
        lock (_lock) Notes.Add(FormattableString.Invariant(text));
    }

    public IProgressStep Start(string work)
    {
        lock (_lock)
        {
            Steps.Add(work);
            _open++;
        }

        return new Step(this);
    }

    private sealed class Step(RecordedProgress progress) : IProgressStep
    {
        public void Report(double share)
        {
            if (share is not (>= 0 and <= 1)) progress.SharesAreWrong = true;
        }

        public void Dispose()
        {
            lock (progress._lock) progress._open--;
        }
    }
}
