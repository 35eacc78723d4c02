using Kindred.Data.Memberships;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Serving;

/// <summary>The current version of a store for many readers, which switch to the next version without waiting.</summary>
public sealed class PublishedStore : IDisposable
{
    private readonly RunStore _store;
    private readonly bool _atRequest;
    private readonly Published<PublishedVersion> _published;
    private readonly Lock _switching = new();
    private (int Number, string Forgotten) _current;

    /// <summary>Opens the current version of a store.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="atRequest">Also loads models.</param>
    /// <exception cref="KindredException">There is no version, or it is damaged.</exception>
    public PublishedStore(string folder, bool atRequest = false)
        : this(folder, atRequest, null)
    {
    }

    /// <param name="folder">The store.</param>
    /// <param name="atRequest">Also loads models.</param>
    /// <param name="beforeOpening">Called with the number of the version that is opened next; tests publish another one then.</param>
    internal PublishedStore(string folder, bool atRequest, Action<int>? beforeOpening)
    {
        _store = RunStore.Open(folder);
        _atRequest = atRequest;
        BeforeOpening = beforeOpening;
        var first = OpenCurrent();
        _current = (first.Version.Number, first.Forgotten);
        _published = new Published<PublishedVersion>(first);
    }

    private Action<int>? BeforeOpening { get; }

    /// <summary>Leases the current version, which stays open until the lease is released.</summary>
    public Published<PublishedVersion>.Lease Acquire() => _published.Acquire();

    /// <summary>Switches to the store's current version if it is a new one or users were deleted since.</summary>
    /// <returns>True if it switched.</returns>
    /// <exception cref="KindredException">The new version is damaged; the previous one stays open.</exception>
    public bool Refresh()
    {
        lock (_switching)
        {
            if (_store.Current == _current.Number && _store.ReadForgotten().Digest == _current.Forgotten) return false;
            var next = OpenCurrent();
            next.Index.WarmUp();
            _current = (next.Version.Number, next.Forgotten);
            _published.Switch(next);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _published.Dispose();

    private PublishedVersion OpenCurrent() => _store.Read(() =>
    {
        var number = _store.Current
            ?? throw new KindredException(ErrorKind.BadInput, "store_has_no_version", $"{_store.Folder} has no published version.",
                "Make a first version with a daily run.");
        BeforeOpening?.Invoke(number);
        return PublishedVersion.Open(_store, number, _atRequest);
    });
}
