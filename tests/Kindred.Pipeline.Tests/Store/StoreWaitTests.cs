using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Tests.Store;

public sealed class StoreWaitTests
{
    [Fact]
    public void Waits_until_the_store_is_free_and_says_so_once()
    {
        using var run = new TestRun();
        run.Run();
        var store = run.Open();
        var other = store.Lock();
        var (told, attempts) = (new List<string>(), 0);
        using (new StoreWait(null, told.Add).Run(Lock, TestContext.Current.CancellationToken))
        {
            Assert.Equal("store_locked", Assert.Throws<KindredException>(store.Lock).Code);
        }

        Assert.StartsWith($"{store.Folder} is being changed by another run (process ", Assert.Single(told), StringComparison.Ordinal);
        Assert.EndsWith("). Waiting until it ends.", told[0], StringComparison.Ordinal);
        Assert.Equal(3, attempts);

        IDisposable Lock()
        {
            // Freed after two attempts have failed.
            if (++attempts == 3) other.Dispose();
            return store.Lock();
        }
    }

    [Fact]
    public void Gives_up_at_the_limit_with_the_error_of_the_busy_store()
    {
        using var run = new TestRun();
        run.Run();
        using var other = run.Open().Lock();
        var told = new List<string>();
        foreach (var limit in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(1) })
        {
            var error = Assert.Throws<KindredException>(() => new StoreWait(limit, told.Add).Run(run.Open().Lock, TestContext.Current.CancellationToken));
            Assert.Equal((ErrorKind.Busy, "store_locked"), (error.Kind, error.Code));
        }
    }

    [Fact]
    public void A_cancelled_wait_ends()
    {
        using var run = new TestRun();
        run.Run();
        using var other = run.Open().Lock();
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new StoreWait(null, _ => cancellation.Cancel()).Run(run.Open().Lock, cancellation.Token));
    }

    [Fact]
    public void Does_not_wait_for_other_errors()
    {
        var attempts = 0;
        Assert.Throws<KindredException>(() => new StoreWait(null, _ => { }).Run<int>(() =>
        {
            attempts++;
            throw new KindredException(ErrorKind.Busy, "store_held", "Held.", "");
        }, TestContext.Current.CancellationToken));
        Assert.Equal(1, attempts);
    }
}
