using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Writes records into a store, for one thread.</summary>
/// <remarks>A partition's first block is small and each next one twice as large, so that a small log needs little.</remarks>
internal sealed class RecordWriter(RecordStore store)
{
    private const int FirstRecords = 16;

    private readonly int _words = store.Layout.Words;
    private readonly ulong[][] _blocks = [.. Enumerable.Repeat(Array.Empty<ulong>(), RecordLayout.Partitions)];
    private readonly int[] _used = new int[RecordLayout.Partitions];

    /// <summary>The space of a new record of a partition, valid until the next call.</summary>
    public Span<ulong> Add(int partition)
    {
        var block = _blocks[partition];
        var used = _used[partition];
        if (used == block.Length)
        {
            block = Next(partition, block, used);
            used = 0;
        }

        _used[partition] = used + _words;
        return block.AsSpan(used, _words);
    }

    /// <summary>Passes all records to the store.</summary>
    public void Complete()
    {
        for (var partition = 0; partition < _blocks.Length; partition++)
        {
            if (_used[partition] > 0) store.Take(partition, _blocks[partition], _used[partition]);
            (_blocks[partition], _used[partition]) = ([], 0);
        }
    }

    private ulong[] Next(int partition, ulong[] full, int used)
    {
        if (used > 0) store.Take(partition, full, used);
        var words = used == 0 ? FirstRecords * _words : full.Length * 2;
        return _blocks[partition] = store.NewBlock(Math.Min(words, store.BlockWords));
    }
}
