namespace Kindred.Data.Memberships;

/// <summary>Something that many threads read while it is now and then replaced by its next version.</summary>
/// <remarks>
/// A reader takes a lease and has one version for as long as he keeps it; he never waits. A version is disposed of when it has been
/// replaced and the last lease on it has ended.
/// </remarks>
/// <typeparam name="T">What is published.</typeparam>
public sealed class Published<T> : IDisposable
    where T : class, IDisposable
{
    private Edition? _current;

    /// <summary>Publishes a first version.</summary>
    /// <param name="first">Belongs to this from now on.</param>
    public Published(T first) => _current = new Edition(first);

    /// <summary>Takes the version of now, which stays whole until the lease is disposed of.</summary>
    /// <exception cref="ObjectDisposedException">Nothing is published any more.</exception>
    public Lease Acquire()
    {
        while (true)
        {
            var edition = Volatile.Read(ref _current);
            ObjectDisposedException.ThrowIf(edition is null, this);

            // Refused only where it was replaced just now: then there is a newer one.
            if (edition.TryEnter()) return new Lease(edition);
        }
    }

    /// <summary>Puts the next version in place of the one of now in one step: who comes later gets the next one.</summary>
    /// <param name="next">Belongs to this from now on. Ready to be read: warm it up before.</param>
    /// <exception cref="ObjectDisposedException">Nothing is published any more; <paramref name="next"/> stays the caller's.</exception>
    public void Switch(T next)
    {
        var edition = new Edition(next);
        while (true)
        {
            var old = Volatile.Read(ref _current);
            ObjectDisposedException.ThrowIf(old is null, this);
            if (Interlocked.CompareExchange(ref _current, edition, old) != old) continue;
            old.Leave();
            return;
        }
    }

    /// <summary>Publishes nothing any more; the last version is disposed of when the last lease ends.</summary>
    public void Dispose() => Interlocked.Exchange(ref _current, null)?.Leave();

    /// <summary>Keeps one version whole. To be disposed of exactly once.</summary>
    public readonly ref struct Lease : IDisposable
    {
        private readonly Edition _edition;

        internal Lease(Edition edition) => _edition = edition;

        /// <summary>The version.</summary>
        public T Value => _edition.Value;

        /// <inheritdoc/>
        public void Dispose() => _edition.Leave();
    }

    /// <summary>A version and how many keep it: its readers, and the publisher while it is the one of now.</summary>
    internal sealed class Edition(T value)
    {
        private int _keepers = 1;

        public T Value { get; } = value;

        public bool TryEnter()
        {
            while (true)
            {
                var keepers = Volatile.Read(ref _keepers);
                if (keepers == 0) return false;
                if (Interlocked.CompareExchange(ref _keepers, keepers + 1, keepers) == keepers) return true;
            }
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _keepers) == 0) Value.Dispose();
        }
    }
}
