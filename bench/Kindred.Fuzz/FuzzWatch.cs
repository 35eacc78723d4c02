using System.Diagnostics;

namespace Kindred.Fuzz;

/// <summary>Ends the process if one input exceeds the time limit, because nothing else stops a hanging thread.</summary>
internal sealed class FuzzWatch : IDisposable
{
    /// <summary>The exit code of a process that hung.</summary>
    public const int ExitCode = 3;

    private readonly Action<string> _report;
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Timer _timer;
    private (string What, TimeSpan Processor, DateTimeOffset Since) _now = ("", TimeSpan.Zero, DateTimeOffset.MaxValue);
    private readonly Lock _lock = new();

    /// <param name="report">Receives the description of the input that hung.</param>
    public FuzzWatch(Action<string> report)
    {
        _report = report;
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Starts the clock of an input.</summary>
    /// <param name="what">A description of the input.</param>
    public void Begin(string what)
    {
        lock (_lock) _now = (what, ProcessorTime(), TimeProvider.System.GetUtcNow());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _process.Dispose();
    }

    private void Look()
    {
        lock (_lock)
        {
            var waited = TimeProvider.System.GetUtcNow() - _now.Since;
            if (ProcessorTime() - _now.Processor < FuzzLimits.Processor && waited < FuzzLimits.Clock) return;
            _report(_now.What);
        }

        Environment.Exit(ExitCode);
    }

    private TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }
}
