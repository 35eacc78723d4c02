using Kindred.Data.Folders;

namespace Kindred.Data.Numpy;

/// <summary>NumPy's <c>.npy</c> files: what <c>np.load(path, mmap_mode="r")</c> opens.</summary>
public static class NpyFile
{
    /// <summary>Writes an array at once.</summary>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <param name="elements">All elements in C order.</param>
    /// <param name="shape">Their shape; one axis if left out.</param>
    /// <exception cref="KindredException">The file cannot be written.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> elements, params long[] shape)
        where T : unmanaged
    {
        using var writer = new NpyWriter<T>(path, shape.Length == 0 ? [elements.Length] : shape);
        writer.Write(elements);
        writer.Complete();
    }

    /// <summary>Maps an array into memory without reading it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="axes">The number of axes that it must have.</param>
    /// <param name="remedy">How the file is made again, as a sentence without a full stop; null for a file of another program.</param>
    /// <param name="format">The format of the folder that the file belongs to, for errors; null for none.</param>
    /// <exception cref="KindredException">The file is missing, not a NumPy file, of another type, order or number of axes, not as long as
    /// its shape says, or has 2³¹ elements or more.</exception>
    public static NpyArray<T> Map<T>(string path, int axes = 1, string? remedy = null, string? format = null)
        where T : unmanaged
    {
        try
        {
            var header = ReadHeader<T>(path, axes, Refuse);
            return new NpyArray<T>(path, header.Shape, header.DataOffset);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Corrupt, "unreadable_array",
                $"{path} cannot be read ({error.Message.TrimEnd('.')}).", "Check that it is there and may be read.", error)
            {
                Values = new Dictionary<string, object?> { ["file"] = path },
            };
        }

        KindredException Refuse(string problem) => format is not null && remedy is not null
            ? FolderErrors.Damaged(format, path, $"{path} cannot be used: {problem}", remedy)
            : new KindredException(ErrorKind.Corrupt, "bad_numpy_file", $"{path} cannot be used: {problem}.",
                $"{remedy ?? "Make it again, for example with np.save of a C-ordered little-endian array"}.")
            {
                Values = new Dictionary<string, object?> { ["file"] = path },
            };
    }

    private static unsafe NpyHeader ReadHeader<T>(string path, int axes, Func<string, KindredException> refuse)
        where T : unmanaged
    {
        using var stream = File.OpenRead(path);
        var header = NpyHeader.Decode(stream) ?? throw refuse("it is not a NumPy file, or it is damaged");
        var type = NpyHeader.TypeName<T>();
        if (header.Type != type) throw refuse($"its elements are {header.Type}, but {type} in C order is needed");
        if (header.Shape.Count != axes) throw refuse($"it has {header.Shape.Count} axes, but {axes} are needed");
        var count = header.Shape.Any(length => length == 0) ? 0 : header.Shape.Aggregate(1d, (product, length) => product * length);
        if (count > int.MaxValue)
        {
            throw refuse($"it has {count:N0} elements, but at most {int.MaxValue:N0} can be mapped at once; use more shards");
        }

        var bytes = header.DataOffset + (long)count * sizeof(T);
        return stream.Length == bytes
            ? header
            : throw refuse($"it has {stream.Length:N0} bytes, but its shape needs {bytes:N0}; it is cut off or damaged");
    }
}
