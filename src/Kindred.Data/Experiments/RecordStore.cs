using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Records by partition: in memory as far as they fit, otherwise in a temporary file.</summary>
internal sealed class RecordStore : IDisposable
{
    /// <summary>Maximum words of a block: 128 KiB.</summary>
    public const int MostBlockWords = 1 << 14;

    private readonly Lock _lock = new();
    private readonly long _mostWords;
    private readonly SpillFile _spill;
    private readonly List<(ulong[] Words, int Used)>[] _memory = Lists<(ulong[], int)>();
    private readonly List<(long Offset, int Words)>[] _spilled = Lists<(long, int)>();
    private readonly long[] _words = new long[RecordLayout.Partitions];
    private readonly Stack<ulong[]> _free = [];
    private long _inMemory;

    /// <param name="layout">The layout of records.</param>
    /// <param name="mostBytes">Maximum bytes kept in memory.</param>
    /// <param name="writers">Number of concurrent writers.</param>
    /// <param name="folder">The folder of the temporary file; null for the system's folder.</param>
    public RecordStore(RecordLayout layout, long mostBytes, int writers, string? folder)
    {
        Layout = layout;
        _mostWords = mostBytes / sizeof(ulong);
        _spill = new SpillFile(folder);
        var words = Math.Min(MostBlockWords, _mostWords / 2 / (RecordLayout.Partitions * writers));
        BlockWords = (int)Math.Max(1, words / layout.Words) * layout.Words;
    }

    public RecordLayout Layout { get; }

    /// <summary>Words of a full block.</summary>
    public int BlockWords { get; }

    /// <summary>Words of the largest partition.</summary>
    public long LargestPartition => _words.Max();

    /// <summary>Takes over a block, which its writer must not change afterwards.</summary>
    public void Take(int partition, ulong[] words, int used)
    {
        lock (_lock)
        {
            _memory[partition].Add((words, used));
            _words[partition] += used;
            _inMemory += words.Length;
            if (_inMemory > _mostWords) SpillAll();
        }
    }

    /// <summary>An empty block.</summary>
    public ulong[] NewBlock(int words)
    {
        if (words == BlockWords)
        {
            lock (_lock)
            {
                if (_free.TryPop(out var block)) return block;
            }
        }

        return GC.AllocateUninitializedArray<ulong>(words);
    }

    /// <summary>Ends writing and releases free blocks.</summary>
    public void Complete() => _free.Clear();

    /// <summary>Copies the records of a partition together.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="room">Receives the records; replaced by a longer array if it is too short.</param>
    /// <param name="last">True if this is the last read of the records.</param>
    /// <returns>The number of records.</returns>
    public int Load(int partition, ref ulong[] room, bool last)
    {
        var words = _words[partition];
        if (words > Array.MaxLength)
        {
            throw new KindredException(ErrorKind.BadInput, "log_partition_too_large",
                $"One {RecordLayout.Partitions}th of the log's units has {words / Layout.Words:N0} rows, more than fit in memory at once.",
                "Check that the unit column identifies single units, or analyse parts of the log.");
        }

        if (words > room.Length) room = GC.AllocateUninitializedArray<ulong>((int)Math.Min(Array.MaxLength, words + words / 16));
        var at = 0;
        foreach (var (offset, count) in _spilled[partition])
        {
            _spill.Read(offset, room.AsSpan(at, count));
            at += count;
        }

        foreach (var (block, used) in _memory[partition])
        {
            block.AsSpan(0, used).CopyTo(room.AsSpan(at));
            at += used;
        }

        if (last) _memory[partition].Clear();
        return at / Layout.Words;
    }

    public void Dispose() => _spill.Dispose();

    private void SpillAll()
    {
        for (var partition = 0; partition < _memory.Length; partition++)
        {
            foreach (var (words, used) in _memory[partition])
            {
                _spilled[partition].Add((_spill.Write(words.AsSpan(0, used)), used));
                if (words.Length == BlockWords) _free.Push(words);
            }

            _memory[partition].Clear();
        }

        _inMemory = 0;
    }

    private static List<T>[] Lists<T>() => [.. Enumerable.Range(0, RecordLayout.Partitions).Select(_ => new List<T>())];
}
