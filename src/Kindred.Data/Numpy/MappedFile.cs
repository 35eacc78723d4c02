using System.IO.MemoryMappedFiles;

namespace Kindred.Data.Numpy;

/// <summary>A whole file in memory, mapped for reading.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _length;
    private byte* _data;

    public MappedFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _length = (long)_view.SafeMemoryMappedViewHandle.ByteLength;
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _data = start + _view.PointerOffset;
    }

    /// <summary>Part of the file as float32; valid until disposal.</summary>
    public ReadOnlySpan<float> Floats(long start, int count) => new(At<float>(start, count), count);

    /// <summary>The address of part of the file.</summary>
    public T* At<T>(long start, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + (long)count * sizeof(T), _length);
        return (T*)(_data + start);
    }

    public void Dispose()
    {
        if (_data is null) return;
        _data = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
