using System.Diagnostics;
using System.Globalization;

namespace Kindred.Cli.Terminal;

/// <summary>A progress line: the current step, the finished share and the estimated time left.</summary>
/// <remarks>Thread-safe. Draws at most ten times a second, and only on a terminal.</remarks>
internal sealed class ProgressLine(TextWriter writer, string work, bool drawn) : IProgressStep
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _drawing = new();
    private TimeSpan _last = -Interval;
    private double _share;

    /// <summary>Reports the finished share, from 0 to 1.</summary>
    public void Report(double share)
    {
        if (!drawn) return;
        lock (_drawing)
        {
            _share = Math.Max(_share, share);
            if (_watch.Elapsed - _last < Interval) return;
            _last = _watch.Elapsed;
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"\r{work} {_share,4:0%}{Remaining(),-20}"));
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (drawn && _last >= TimeSpan.Zero) writer.Write("\r" + new string(' ', work.Length + 26) + "\r");
    }

    private string Remaining()
    {
        // An estimate from less than a few percent would be noise.
        if (_share < 0.03 || _watch.Elapsed.TotalSeconds < 1) return "";
        var left = TimeSpan.FromSeconds(_watch.Elapsed.TotalSeconds * (1 - _share) / _share);
        return string.Create(CultureInfo.InvariantCulture,
            $", about {(left.TotalMinutes >= 1 ? $"{left.TotalMinutes:F0} min" : $"{left.TotalSeconds:F0} s")} left");
    }
}
