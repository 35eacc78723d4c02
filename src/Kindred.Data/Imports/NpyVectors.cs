using Kindred.Data.Numpy;

namespace Kindred.Data.Imports;

/// <summary>Opens a NumPy array that somebody else wrote, as vectors.</summary>
internal static class NpyVectors
{
    private const string Example = "np.save('vectors.npy', np.ascontiguousarray(vectors, dtype='<f4')) writes one that is right";

    /// <summary>Whether a file starts as NumPy's do: names are not to be trusted.</summary>
    public static bool Is(string path)
    {
        // Whoever calls a file .npy means such an array, and wants to hear what is wrong with it.
        if (Path.GetExtension(path) is ".npy" or ".npz") return true;
        if (!File.Exists(path)) return false;
        Span<byte> magic = stackalloc byte[6];
        using var stream = OpenFile(path);
        return stream.ReadAtLeast(magic, 6, throwOnEndOfStream: false) == 6 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']);
    }

    /// <exception cref="KindredException">It is no array of two axes and floating-point numbers, or not as long as its shape says.</exception>
    public static VectorFile Open(string path)
    {
        using var stream = OpenFile(path);
        if (stream.Length == 0) throw Bad(path, "the file is empty");
        if (path.EndsWith(".npz", StringComparison.Ordinal)) throw Bad(path, "this is an archive of arrays (np.savez)");
        var header = NpyHeader.Decode(stream) ?? throw Bad(path, "its header is not that of a NumPy array");
        var type = header.Type.Split(' ')[0];
        if (header.Type != type) throw Bad(path, "its rows are not stored one after the other (Fortran order)");
        var bytes = type switch
        {
            "<f4" => 4,
            "<f8" => 8,
            "<f2" => 2,
            _ => throw Bad(path, $"its elements are of type '{type}', but little-endian float16, float32 or float64 ('<f2', '<f4', '<f8') are needed"),
        };
        if (header.Shape is not [var rows, var dimension]) throw Bad(path, $"it has {header.Shape.Count} {(header.Shape.Count == 1 ? "axis" : "axes")}, but [users × dimension] are needed");
        if (rows == 0) throw Bad(path, "it has no rows");
        if (dimension is < 1 or > VectorColumns.MostNumbers) throw Bad(path, $"its rows have {dimension:N0} numbers, but 1 to {VectorColumns.MostNumbers:N0} can be used");
        var needed = header.DataOffset + (double)rows * dimension * bytes;
        if (stream.Length != needed) throw Bad(path, $"it has {stream.Length:N0} bytes, but its shape [{rows}, {dimension}] needs {needed:N0}: it is cut off or damaged");
        return new VectorFile(path, header.DataOffset, rows, (int)dimension, bytes);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KindredException(ErrorKind.BadInput, $"{path}: there is no such file. Check the path; a relative one starts at the current folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.BadInput, $"{path} cannot be read ({error.Message.TrimEnd('.')}). Check that it is a file, its permissions and the disk.", error);
        }
    }

    private static KindredException Bad(string path, string problem) =>
        new(ErrorKind.BadInput, FormattableString.Invariant($"{path} cannot be imported: {problem}. {Example}."));
}
