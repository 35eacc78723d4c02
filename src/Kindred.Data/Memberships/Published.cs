namespace Kindred.Data.Memberships;

/// <summary>A value that many threads read while a new version replaces it from time to time.</summary>
/// <remarks>
/// A reader takes a lease, which keeps one version; it never waits. A version is disposed when it has been replaced and the last
/// lease on it has ended.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Published<T> : IDisposable
    where T : class, IDisposable
{
    private Edition? _current;

    /// <summary>Publishes a first version.</summary>
    /// <param name="first">The value; this object disposes it.</param>
    public Published(T first) => _current = new Edition(first);

    /// <summary>Takes a lease on the current version, which stays valid until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">Publishing has ended.</exception>
    public Lease Acquire()
    {
        while (true)
        {
            var edition = Volatile.Read(ref _current);
            ObjectDisposedException.ThrowIf(edition is null, this);

            // Fails only if the version has just been replaced: then there is a newer one.
            if (edition.TryEnter()) return new Lease(edition);
        }
    }

    /// <summary>Replaces the current version in one step: later leases get the next one.</summary>
    /// <param name="next">The value, warmed up; this object disposes it.</param>
    /// <exception cref="ObjectDisposedException">Publishing has ended; <paramref name="next"/> stays the caller's.</exception>
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

    /// <summary>Ends publishing; the last version is disposed when the last lease ends.</summary>
    public void Dispose() => Interlocked.Exchange(ref _current, null)?.Leave();

    /// <summary>A lease, which keeps one version valid. Dispose it exactly once.</summary>
    public readonly ref struct Lease : IDisposable
    {
        private readonly Edition _edition;

        internal Lease(Edition edition) => _edition = edition;

        /// <summary>The version.</summary>
        public T Value => _edition.Value;

        /// <inheritdoc/>
        public void Dispose() => _edition.Leave();
    }

    /// <summary>A version with the number of its keepers: its readers, and the publisher while it is current.</summary>
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
