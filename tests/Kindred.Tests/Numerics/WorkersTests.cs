using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 1)]
    [InlineData(3, 1000)]
    [InlineData(16, 5)]
    public void Every_piece_runs_once(int threads, int pieces)
    {
        var runs = new int[pieces];
        Workers.Run(threads, pieces, (piece, _) => Interlocked.Increment(ref runs[piece]));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_worker_is_not_shared_between_running_calls()
    {
        var busy = new int[4];
        Workers.Run(4, 400, (_, worker) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
            Thread.SpinWait(500);
            Interlocked.Decrement(ref busy[worker]);
        });
    }

    [Fact]
    public void Pieces_start_in_ascending_order()
    {
        var last = -1;
        Workers.Run(1, 50, (piece, _) => Assert.Equal(++last, piece));
        Assert.Equal(49, last);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_error_is_rethrown_unchanged(int threads)
    {
        var thrown = new InvalidOperationException("piece 7");
        var caught = Assert.Throws<InvalidOperationException>(() => Workers.Run(threads, 100, (piece, _) =>
        {
            if (piece == 7) ThrowOriginal(thrown);
        }));
        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowOriginal), caught.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void No_further_piece_starts_after_an_error()
    {
        var started = 0;
        Assert.Throws<InvalidOperationException>(() => Workers.Run(1, 100, (piece, _) =>
        {
            started++;
            if (piece == 7) throw new InvalidOperationException();
        }));
        Assert.Equal(8, started);
    }

    [Fact]
    public void Other_workers_stop_after_an_error()
    {
        var started = 0;
        Assert.Throws<InvalidOperationException>(() => Workers.Run(3, 600, (piece, _) =>
        {
            Interlocked.Increment(ref started);
            if (piece == 2) throw new InvalidOperationException();
            Thread.Sleep(1);
        }));
        Assert.InRange(started, 3, 599);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_stops_between_pieces_and_throws(int threads)
    {
        using var source = new CancellationTokenSource();
        var started = 0;
        var caught = Assert.ThrowsAny<OperationCanceledException>(() => Workers.Run(threads, 1000, (piece, _) =>
        {
            Interlocked.Increment(ref started);
            if (piece == 5) source.Cancel();
        }, source.Token));
        Assert.Equal(source.Token, caught.CancellationToken);
        Assert.InRange(started, 6, 999);
    }

    private static void ThrowOriginal(Exception error) => throw error;
}
