using System.Diagnostics;

namespace Kindred.App.Comparison;

/// <summary>Time and memory of the evaluation of one method; they differ from run to run.</summary>
/// <param name="TrainSeconds">Seconds to train the models of all lists.</param>
/// <param name="ScoreSeconds">Seconds to score all users for every list and to select the best.</param>
/// <param name="AllocatedBytes">Bytes allocated in total.</param>
/// <param name="PeakBytes">Peak memory of the process in bytes, including the population.</param>
public sealed record MethodCost(double TrainSeconds, double ScoreSeconds, long AllocatedBytes, long PeakBytes)
{
    /// <summary>Measures from its creation on.</summary>
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
            // Garbage of earlier methods would otherwise count towards this one.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _allocated = GC.GetTotalAllocatedBytes(precise: true);
            _timer = new Timer(_ => Look(), null, TimeSpan.Zero, _interval);
            _watch = Stopwatch.StartNew();
        }

        /// <summary>Marks the start or the end of scoring.</summary>
        public void Scoring(bool begins)
        {
            if (begins) _began = _watch.Elapsed;
            else _scoring += _watch.Elapsed - _began;
        }

        public MethodCost Read()
        {
            Look();
            return new MethodCost(
                (_watch.Elapsed - _scoring).TotalSeconds, _scoring.TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - _allocated,
                Interlocked.Read(ref _peak));
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
