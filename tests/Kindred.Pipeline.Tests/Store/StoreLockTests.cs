using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Tests.Store;

public sealed class StoreLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_lock_is_refused_with_the_holder_until_the_first_is_released()
    {
        using (StoreLock.Take(_folder["."]))
        {
            var error = Assert.Throws<KindredException>(() => StoreLock.Take(_folder["."]));
            Assert.Equal(("store_locked", ErrorKind.Busy), (error.Code, error.Kind));
            Assert.Contains(FormattableString.Invariant($"(process {Environment.ProcessId} on "), error.Problem, StringComparison.Ordinal);
        }

        StoreLock.Take(_folder["."]).Dispose();
    }

    [Fact]
    public void The_lock_does_not_fall_away_with_the_runtimes_own_file_locks()
    {
        // As DOTNET_SYSTEM_IO_DISABLEFILELOCKING does for the whole process.
        using var first = StoreLock.Take(_folder["."]);
        using var other = SystemCalls.OpenOrCreate(_folder["LOCK"]);
        Assert.Equal(SystemCalls.LockState.Busy, SystemCalls.TryLock(other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lock_whose_file_was_removed_or_replaced_is_lost(bool replaced)
    {
        using var locked = StoreLock.Take(_folder["."]);
        locked.RequireHeld();
        File.Delete(_folder["LOCK"]);
        using var other = replaced ? StoreLock.Take(_folder["."]) : null;
        var error = Assert.Throws<KindredException>(locked.RequireHeld);
        Assert.Equal(("store_lock_lost", ErrorKind.Output), (error.Code, error.Kind));
        other?.RequireHeld();
    }

    [Fact]
    public void Nothing_is_published_without_the_lock()
    {
        using var run = new TestRun();
        run.Run();
        var store = run.Open();
        Assert.Throws<InvalidOperationException>(() => store.Switch(1));
        using var locked = store.Lock();
        store.Switch(1);
        File.Delete(Path.Combine(store.Folder, "LOCK"));
        Assert.Equal("store_lock_lost", Assert.Throws<KindredException>(() => store.Switch(1)).Code);
    }

    [Fact]
    public void A_version_made_without_knowing_of_a_deletion_is_not_published()
    {
        using var run = new TestRun();
        var version = run.Run().Version;
        var store = run.Open();
        using var locked = store.Lock();
        Tombstones.Empty.With([run.Users[0].Id]).Write(store.Forgotten);
        var error = Assert.Throws<KindredException>(() => RunCommit.Commit(store, version with { Previous = 1, Program = "next" }, _ => { }));
        Assert.Equal("users_deleted_meanwhile", error.Code);
        Assert.Equal(1, store.Current);
    }
}
