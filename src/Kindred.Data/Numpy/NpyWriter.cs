using Kindred.Data.Folders;

namespace Kindred.Data.Numpy;

/// <summary>Writes an array of known shape piece by piece: <c>.npy</c> version 1.0, C order, little-endian, data at a multiple of 64
/// bytes.</summary>
/// <typeparam name="T">float, byte, int or long.</typeparam>
internal sealed class NpyWriter<T> : IDisposable
    where T : unmanaged
{
    private readonly string _path;
    private readonly FileStream _stream;
    private long _left;

    /// <summary>Starts a file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">One or two lengths.</param>
    /// <exception cref="KindredException">The file cannot be written.</exception>
    public NpyWriter(string path, params long[] shape)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Kindred's files are little-endian, and so must the machine be.");
        }

        var header = new NpyHeader(NpyHeader.TypeName<T>(), shape);
        _path = path;
        _left = header.Count;
        _stream = OutputErrors.Guard(path, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16));
        OutputErrors.Guard(path, () => _stream.Write(header.Encode()));
    }

    /// <summary>Writes the next elements in C order.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(ReadOnlySpan<T> elements)
    {
        if (elements.Length > _left) throw new InvalidOperationException($"{_path}: more elements than the shape holds.");
        _left -= elements.Length;
        ElementStream.Write(_stream, _path, elements);
    }

    /// <summary>Closes the file, which must have all its elements.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Complete()
    {
        if (_left != 0) throw new InvalidOperationException($"{_path}: {_left} elements fewer than the shape holds.");
        OutputErrors.Guard(_path, _stream.Dispose);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
