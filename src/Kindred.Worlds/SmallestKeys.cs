namespace Kindred.Worlds;

/// <summary>Keeps the n entries of the smallest keys of a stream, in n entries of memory.</summary>
/// <remarks>Equal keys are ordered by user, so the result does not depend on the order of arrival.</remarks>
internal sealed class SmallestKeys(long capacity)
{
    // The queue's head is the largest entry that is kept; an entry consists of its priority only.
    private readonly PriorityQueue<byte, (double Key, long User)> _kept =
        new(Comparer<(double Key, long User)>.Create((a, b) => b.CompareTo(a)));

    public IEnumerable<(double Key, long User)> Entries => _kept.UnorderedItems.Select(entry => entry.Priority);

    public void Add(double key, long user)
    {
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(0, (key, user));
        }
        else if (_kept.TryPeek(out _, out var largest) && (key < largest.Key || (key == largest.Key && user < largest.User)))
        {
            _kept.EnqueueDequeue(0, (key, user));
        }
    }

    public void AddAll(SmallestKeys others)
    {
        foreach (var (key, user) in others.Entries) Add(key, user);
    }
}
