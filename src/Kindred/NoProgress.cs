namespace Kindred;

/// <summary>Discards progress and notes.</summary>
public sealed class NoProgress : IProgressReporter
{
    /// <summary>The only instance.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Note(FormattableString text)
    {
    }

    /// <inheritdoc/>
    public IProgressStep Start(string work) => Step.Instance;

    private sealed class Step : IProgressStep
    {
        public static readonly Step Instance = new();

        public void Report(double share)
        {
        }

        public void Dispose()
        {
        }
    }
}
