using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Data.Tables;

namespace Kindred.Data.Imports;

/// <summary>Opens a NumPy array that another program wrote, as vectors.</summary>
internal static class NpyVectors
{
    private const string Example = "np.save('vectors.npy', np.ascontiguousarray(vectors, dtype='<f4')) writes one that is right";

    /// <summary>Tells whether a file is meant as a NumPy array, by its name or its first bytes.</summary>
    public static bool Is(string path)
    {
        // A file named .npy is treated as an array, so that the error describes its problem.
        if (Path.GetExtension(path) is ".npy" or ".npz") return true;
        if (!File.Exists(path)) return false;
        Span<byte> magic = stackalloc byte[6];
        using var stream = OpenFile(path);
        return stream.ReadAtLeast(magic, 6, throwOnEndOfStream: false) == 6
            && magic.SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']);
    }

    /// <exception cref="KindredException">It is not an array of two axes and floating-point numbers, or its length does not match its
    /// shape.</exception>
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
            _ => throw Bad(
                path, $"its elements are of type '{type}', but little-endian float16, float32 or float64 ('<f2', '<f4', '<f8') are needed"),
        };
        if (header.Shape is not [var rows, var dimension])
        {
            throw Bad(path,
                $"it has {header.Shape.Count} {(header.Shape.Count == 1 ? "axis" : "axes")}, but [users × dimension] are needed");
        }

        if (rows == 0) throw Bad(path, "it has no rows");
        if (dimension is < 1 or > VectorColumns.MostNumbers)
        {
            throw Bad(path, $"its rows have {dimension:N0} numbers, but 1 to {VectorColumns.MostNumbers:N0} can be used");
        }

        var needed = header.DataOffset + (double)rows * dimension * bytes;
        if (stream.Length != needed)
        {
            throw Bad(path,
                $"it has {stream.Length:N0} bytes, but its shape [{rows}, {dimension}] needs {needed:N0}: it is cut off or damaged");
        }

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
            throw Errors.BadFile("file_not_found", path, "there is no such file",
                "Check the path; a relative one starts at the current folder", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Unreadable(path, error);
        }
    }

    private static KindredException Bad(string path, string problem) =>
        new(ErrorKind.BadInput, "bad_embedding_array", $"{path} cannot be imported: {problem}.", $"{Example}.")
        {
            Values = new Dictionary<string, object?> { ["file"] = path },
        };
}
