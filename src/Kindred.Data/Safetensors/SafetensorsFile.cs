using Kindred.Data.Numpy;

namespace Kindred.Data.Safetensors;

/// <summary>A safetensors file of float32 tensors, memory-mapped.</summary>
/// <remarks>The header is checked on opening, so that no tensor of a damaged or hostile file reaches outside the file.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    internal const string MetadataName = "__metadata__";

    private readonly Dictionary<string, (TensorShape Shape, long Start)> _tensors;
    private readonly MappedFile? _data;

    private SafetensorsFile(string path, SafetensorsHeader header)
    {
        Path = path;
        Metadata = header.Metadata;
        Tensors = [.. header.Tensors.Select(tensor => tensor.Shape)];
        _tensors = header.Tensors.ToDictionary(tensor => tensor.Shape.Name, StringComparer.Ordinal);
        _data = new MappedFile(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The texts of the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Names and shapes in the order of their data.</summary>
    public IReadOnlyList<TensorShape> Tensors { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="KindredException">It cannot be read, or is malformed; the message says how.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            return new SafetensorsFile(path, SafetensorsHeader.Read(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Corrupt, "unreadable_array",
                $"{path} cannot be read ({error.Message.TrimEnd('.')}).", "Check that it is there and may be read.", error)
            {
                Values = new Dictionary<string, object?> { ["file"] = path },
            };
        }
    }

    /// <summary>Writes tensors at once.</summary>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <param name="tensors">Shapes and elements in C order, in the order of the file.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="KindredException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyList<(TensorShape Shape, float[] Elements)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var writer = new SafetensorsWriter(path, [.. tensors.Select(tensor => tensor.Shape)], metadata);
        foreach (var (shape, elements) in tensors) writer.Write(shape.Name, elements);
        writer.Complete();
    }

    /// <summary>The elements of a tensor in C order; valid until the file is disposed.</summary>
    /// <exception cref="KindredException">There is no tensor of that name, or it has 2³¹ elements or more.</exception>
    public ReadOnlySpan<float> Read(string name)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            throw new KindredException(ErrorKind.Corrupt, "missing_tensor",
                $"{Path} has no tensor '{name}'; it has {string.Join(", ", Tensors.Take(20).Select(there => $"'{there.Name}'"))}.",
                "Check that it is the right file, and make it again if it is.")
            {
                Values = new Dictionary<string, object?> { ["file"] = Path, ["tensor"] = name },
            };
        }

        if (tensor.Shape.Count > int.MaxValue)
        {
            throw new KindredException(ErrorKind.Corrupt, "tensor_too_large",
                $"{Path}: tensor '{name}' has {tensor.Shape.Count:N0} elements, more than can be read at once.", "Split it.")
            {
                Values = new Dictionary<string, object?> { ["file"] = Path, ["tensor"] = name },
            };
        }

        return _data!.Floats(tensor.Start, (int)tensor.Shape.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _data?.Dispose();
}
