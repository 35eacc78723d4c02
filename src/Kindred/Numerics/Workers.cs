using System.Runtime.ExceptionServices;

namespace Kindred.Numerics;

/// <summary>Runs numbered pieces of work on a few threads; the first exception is rethrown unchanged.</summary>
internal static class Workers
{
    /// <summary>Calls <paramref name="body"/>(piece, worker) once for each piece, in ascending order of their start.</summary>
    /// <param name="threads">At most this many at a time.</param>
    /// <param name="pieces">Number of pieces.</param>
    /// <param name="body">The work; <c>worker</c> is below <paramref name="threads"/> and not shared between running calls.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    public static void Run(int threads, int pieces, Action<int, int> body, CancellationToken cancellation = default)
    {
        var next = -1;
        try
        {
            Parallel.For(0, Math.Min(threads, pieces), new ParallelOptions { MaxDegreeOfParallelism = threads }, (worker, state) =>
            {
                for (int piece; !state.IsExceptional && (piece = Interlocked.Increment(ref next)) < pieces;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    body(piece, worker);
                }
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }
}
