using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Imports;

/// <summary>Vectors end to end in a file, read as float32 on demand from any thread; there may be more than an array holds.</summary>
/// <remarks>They are read, not mapped: mapped pages count as memory of the process until the system needs it elsewhere.</remarks>
public sealed class VectorFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _start;
    private readonly int _bytesEach;

    /// <summary>Opens a file whose length has been checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Where the first vector starts, in bytes.</param>
    /// <param name="count">The number of vectors.</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="bytesEach">Bytes of a number: 2, 4 or 8 for float16, float32 or float64, little-endian.</param>
    internal VectorFile(string path, long start, long count, int dimension, int bytesEach)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("NumPy's files are little-endian here, and so must the machine be.");
        }

        (_path, _start, _bytesEach, Count, Dimension) = (path, start, bytesEach, count, dimension);
        _file = File.OpenHandle(path);
    }

    /// <summary>The number of vectors.</summary>
    public long Count { get; }

    /// <summary>Length of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Reads consecutive vectors; numbers beyond float32 become infinite.</summary>
    /// <param name="row">The first, from 0.</param>
    /// <param name="vectors">[rows × dimension] receives the vectors.</param>
    /// <exception cref="KindredException">The file cannot be read, or is shorter than it was.</exception>
    public void Read(long row, Span<float> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(row + vectors.Length / Dimension, Count);
        var at = _start + row * Dimension * _bytesEach;
        if (_bytesEach == sizeof(float))
        {
            Fill(MemoryMarshal.AsBytes(vectors), at);
            return;
        }

        var length = vectors.Length * _bytesEach;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var bytes = buffer.AsSpan(0, length);
        Fill(bytes, at);
        if (_bytesEach == sizeof(double)) Convert(MemoryMarshal.Cast<byte, double>(bytes), vectors);
        else Convert(MemoryMarshal.Cast<byte, Half>(bytes), vectors);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Convert(ReadOnlySpan<double> from, Span<float> to)
    {
        for (var k = 0; k < from.Length; k++) to[k] = (float)from[k];
    }

    private static void Convert(ReadOnlySpan<Half> from, Span<float> to)
    {
        for (var k = 0; k < from.Length; k++) to[k] = (float)from[k];
    }

    private void Fill(Span<byte> bytes, long at)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(_file, bytes, at);
                if (read == 0) throw new IOException("it has become shorter");
                bytes = bytes[read..];
                at += read;
            }
        }
        catch (IOException error)
        {
            throw new KindredException(ErrorKind.BadInput, "file_not_readable",
                $"{_path} cannot be read ({error.Message.TrimEnd('.')}).",
                "Check the disk, and that no other program changes the file meanwhile.",
                error)
            {
                Values = new Dictionary<string, object?> { ["file"] = _path },
            };
        }
    }
}
