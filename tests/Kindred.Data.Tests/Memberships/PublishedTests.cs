using Kindred.Data.Memberships;

namespace Kindred.Data.Tests.Memberships;

public sealed class PublishedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_answer_fails_or_mixes_versions_while_they_are_switched_hundreds_of_times()
    {
        // In version v every user is in the audiences v, v + 1, …, v + 9, so an answer that mixes versions is detected.
        const int Versions = 4, Users = 50, Switches = 400;
        var audiences = TestMemberships.Audiences(Versions + 10);
        var shards = Enumerable.Range(0, Versions).Select(version => TestMemberships.WriteShards(
            _folder[$"{version}"], Enumerable.Range(0, Users).ToDictionary(user => $"u{user}", _ => Enumerable.Range(version, 10).ToArray()), audiences.Length, 2)).ToArray();
        MembershipIndex Open(int version) => MembershipIndex.Open(shards[version], audiences, verify: false);

        using var published = new Published<MembershipIndex>(Open(0));
        var (stop, answers, seen) = (false, 0, new int[Versions]);
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            for (var i = reader; !Volatile.Read(ref stop); i++)
            {
                using var lease = published.Acquire();
                int[] first = lease.Value.Find($"u{i % Users}")!, second = lease.Value.Find($"u{(i + 1) % Users}")!;
                Assert.Equal(Enumerable.Range(first[0], 10), first);
                Assert.Equal(first, second);
                Interlocked.Increment(ref seen[first[0]]);
                Interlocked.Increment(ref answers);
            }
        }, TestContext.Current.CancellationToken)).ToArray();
        for (var i = 1; i <= Switches; i++)
        {
            // Each version gives some answers, even with few threads.
            var before = Volatile.Read(ref answers);
            SpinWait.SpinUntil(() => Volatile.Read(ref answers) > before || readers.Any(reader => reader.IsFaulted));
            published.Switch(Open(i % Versions));
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
        Assert.All(seen, count => Assert.True(count > 0));
        Assert.True(answers >= Switches);
    }

    [Fact]
    public void A_version_lives_exactly_until_its_last_lease_ends()
    {
        var (first, second) = (new Resource(), new Resource());
        var published = new Published<Resource>(first);
        var one = published.Acquire();
        var two = published.Acquire();
        published.Switch(second);
        using (var lease = published.Acquire()) Assert.Same(second, lease.Value);
        one.Dispose();
        Assert.Equal((0, 0), (first.Disposals, second.Disposals));
        Assert.Same(first, two.Value);
        two.Dispose();
        Assert.Equal((1, 0), (first.Disposals, second.Disposals));

        var last = published.Acquire();
        published.Dispose();
        published.Dispose();
        Assert.Equal((1, 0), (first.Disposals, second.Disposals));
        last.Dispose();
        Assert.Equal((1, 1), (first.Disposals, second.Disposals));
    }

    [Fact]
    public void After_the_end_there_are_no_leases_and_no_new_versions()
    {
        var published = new Published<Resource>(new Resource());
        published.Dispose();
        Assert.Throws<ObjectDisposedException>(() => published.Acquire().Dispose());
        var next = new Resource();
        Assert.Throws<ObjectDisposedException>(() => published.Switch(next));
        Assert.Equal(0, next.Disposals);
    }

    [Fact]
    public async Task Every_version_is_disposed_exactly_once_and_never_under_a_lease()
    {
        const int Switches = 2_000;
        var all = Enumerable.Range(0, Switches + 1).Select(_ => new Resource()).ToArray();
        var published = new Published<Resource>(all[0]);
        var (stop, wrong) = (false, 0);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                using var lease = published.Acquire();
                Thread.SpinWait(20);
                if (lease.Value.Disposals > 0) Interlocked.Increment(ref wrong);
            }
        }, TestContext.Current.CancellationToken)).ToArray();
        foreach (var next in all.Skip(1)) published.Switch(next);
        published.Switch(new Resource());
        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
        Assert.Equal(0, wrong);
        Assert.All(all, resource => Assert.Equal(1, resource.Disposals));
    }

    [Fact]
    public void A_version_that_ended_between_being_found_and_being_entered_is_not_entered_again()
    {
        var resource = new Resource();
        var edition = new Published<Resource>.Edition(resource);
        edition.Leave();
        Assert.False(edition.TryEnter());
        Assert.Equal(1, resource.Disposals);
    }

    [Fact]
    public void A_lease_allocates_nothing()
    {
        using var published = new Published<Resource>(new Resource());
        for (var i = 0; i < 3; i++) published.Acquire().Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        published.Acquire().Dispose();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class Resource : IDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
