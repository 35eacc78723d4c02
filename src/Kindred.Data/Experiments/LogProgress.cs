namespace Kindred.Data.Experiments;

/// <summary>Reports the completed share, 0 to 1: never decreasing, and one thread at a time.</summary>
internal sealed class LogProgress(Action<double>? report)
{
    private const double Step = 0.001;

    private readonly Lock _lock = new();
    private double _told;

    public void Report(double fraction)
    {
        if (report is null) return;
        lock (_lock)
        {
            if (fraction < _told + Step && !(fraction >= 1 && _told < 1)) return;
            _told = Math.Min(1, fraction);
            report(_told);
        }
    }
}
