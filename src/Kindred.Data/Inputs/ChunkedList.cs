namespace Kindred.Data.Inputs;

/// <summary>A list that grows without copying and may be longer than an array.</summary>
internal sealed class ChunkedList<T>
    where T : unmanaged
{
    private const int Bits = 18;
    private const int Size = 1 << Bits;

    private readonly List<T[]?> _chunks = [];
    private T[] _last = [];
    private int _used = Size;

    /// <summary>The number of values.</summary>
    public long Count => ((long)(_chunks.Count - 1) << Bits) + _used;

    /// <summary>The number of chunks.</summary>
    public int Chunks => _chunks.Count;

    public void Add(T value)
    {
        if (_used == Size)
        {
            _chunks.Add(_last = new T[Size]);
            _used = 0;
        }

        _last[_used++] = value;
    }

    /// <summary>The values of one chunk.</summary>
    public ReadOnlySpan<T> Chunk(int index) => _chunks[index].AsSpan(0, index == _chunks.Count - 1 ? _used : Size);

    /// <summary>Frees a chunk that is not needed any more.</summary>
    public void Release(int index) => _chunks[index] = null;
}
