using System.Runtime.ExceptionServices;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Processes all partitions on several threads, and merges the results in the order of the partitions.</summary>
internal sealed class PartitionRun(RecordStore store, bool last)
{
    private readonly object _turn = new(); // A Lock cannot be waited on.
    private int _next = -1;
    private int _merged;
    private Exception? _error;

    /// <param name="threads">Threads.</param>
    /// <param name="worker">Creates the worker of a thread, which takes records and returns an action that merges the result.</param>
    /// <param name="progress">Receives the number of finished partitions.</param>
    /// <param name="cancellation">Stops between partitions.</param>
    public void Run(int threads, Func<Func<ulong[], int, Action>> worker, Action<int> progress, CancellationToken cancellation)
    {
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Work(worker(), progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (_error is not null) ExceptionDispatchInfo.Throw(_error);
    }

    private void Work(Func<ulong[], int, Action> worker, Action<int> progress, CancellationToken cancellation)
    {
        ulong[] room = [];
        for (int partition; !cancellation.IsCancellationRequested && _error is null
            && (partition = Interlocked.Increment(ref _next)) < RecordLayout.Partitions;)
        {
            Action? merge = null;
            try
            {
                var count = store.Load(partition, ref room, last);
                if (count > 0) merge = worker(room, count);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref _error, error, null);
            }

            // Running threads process the earlier partitions, and each of them gets here.
            lock (_turn)
            {
                while (_merged < partition) Monitor.Wait(_turn);
                try
                {
                    if (_error is null) merge?.Invoke();
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref _error, error, null);
                }
                finally
                {
                    // Threads that wait for this partition must not wait for ever.
                    _merged++;
                    Monitor.PulseAll(_turn);
                }
            }

            progress(partition + 1);
        }
    }
}
