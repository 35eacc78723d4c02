using System.Diagnostics;

namespace Kindred.App.Comparison;

/// <summary>What it took to evaluate one method: different on every run.</summary>
/// <param name="TrainSeconds">Training of all lists.</param>
/// <param name="ScoreSeconds">Scoring everybody for every list, and selecting the first.</param>
/// <param name="AllocatedBytes">Memory asked for, over the whole time.</param>
/// <param name="PeakBytes">The most memory that the process had meanwhile, the population included.</param>
public sealed record MethodCost(double TrainSeconds, double ScoreSeconds, long AllocatedBytes, long PeakBytes)
{
    /// <summary>Measures while it exists.</summary>
    internal sealed class Meter : IDisposable
    {
        private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);
        private readonly long _allocated;
        private readonly Stopwatch _watch;
        private readonly Timer _timer;
        private TimeSpan _began;
        private TimeSpan _scoring;
        private long _peak;

        public Meter()
        {
            // What earlier methods left behind would count as this one's.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _allocated = GC.GetTotalAllocatedBytes(precise: true);
            _timer = new Timer(_ => Look(), null, TimeSpan.Zero, _interval);
            _watch = Stopwatch.StartNew();
        }

        /// <summary>Scoring begins, or ends.</summary>
        public void Scoring(bool begins)
        {
            if (begins) _began = _watch.Elapsed;
            else _scoring += _watch.Elapsed - _began;
        }

        public MethodCost Read()
        {
            Look();
            return new MethodCost(
                (_watch.Elapsed - _scoring).TotalSeconds, _scoring.TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - _allocated, Interlocked.Read(ref _peak));
        }

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            var now = Environment.WorkingSet;
            for (var seen = Interlocked.Read(ref _peak); now > seen;)
            {
                var found = Interlocked.CompareExchange(ref _peak, now, seen);
                if (found == seen) return;
                seen = found;
            }
        }
    }
}
