using System.Diagnostics;

namespace Kindred.Pipeline.Store;

/// <summary>Waits until a store is free that another run is changing.</summary>
/// <param name="limit">The longest wait; null to wait without a limit.</param>
/// <param name="waiting">Receives a sentence for people, once, if there is something to wait for.</param>
public sealed class StoreWait(TimeSpan? limit, Action<string> waiting)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(0.2);

    /// <summary>Does work that begins with locking a store; while another run is changing that store, waits and tries again.</summary>
    /// <param name="work">The work. It changes nothing if the store is locked.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="KindredException">The store was still locked at the limit, or the work failed.</exception>
    public T Run<T>(Func<T> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var watch = Stopwatch.StartNew();
        var told = false;
        while (true)
        {
            try
            {
                return work();
            }
            catch (KindredException error) when (error.Code == "store_locked" && !(watch.Elapsed >= limit))
            {
                if (!told) waiting($"{error.Problem} Waiting until it ends.");
                told = true;
            }

            cancellation.WaitHandle.WaitOne(_pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
