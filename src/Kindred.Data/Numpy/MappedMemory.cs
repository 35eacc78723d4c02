using System.Buffers;

namespace Kindred.Data.Numpy;

/// <summary>Part of a file as read-only memory, without reading it first.</summary>
/// <remarks>The system pages it in on access. After disposal its memory and spans of it must not be used: keep the owner as long as
/// they are in use.</remarks>
internal sealed unsafe class MappedMemory<T>(string path, long offset, int count) : MemoryManager<T>
    where T : unmanaged
{
    private readonly MappedFile _file = new(path);

    public override Span<T> GetSpan() => new(_file.At<T>(offset, count), count);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count);
        return new MemoryHandle(_file.At<T>(offset, count) + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
    }
}
