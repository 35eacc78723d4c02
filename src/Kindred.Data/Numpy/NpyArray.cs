using System.Buffers;

namespace Kindred.Data.Numpy;

/// <summary>An array in a memory-mapped <c>.npy</c> file. Its memory is valid until it is disposed.</summary>
/// <typeparam name="T">float, byte, int or long.</typeparam>
public sealed class NpyArray<T> : IDisposable
    where T : unmanaged
{
    private readonly IDisposable? _mapping;

    internal NpyArray(string path, IReadOnlyList<long> shape, int dataOffset)
    {
        Shape = shape;
        var count = (int)shape.Aggregate(1L, (product, length) => product * length);
        if (count == 0) return;
        var mapping = new MappedMemory<T>(path, dataOffset, count);
        _mapping = mapping;
        Memory = ((MemoryManager<T>)mapping).Memory;
    }

    /// <summary>The length along each axis.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>All elements in C order.</summary>
    public ReadOnlyMemory<T> Memory { get; }

    /// <inheritdoc/>
    public void Dispose() => _mapping?.Dispose();
}
