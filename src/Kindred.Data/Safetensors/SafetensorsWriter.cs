using System.Buffers.Binary;
using System.Text.Json;
using Kindred.Data.Folders;

namespace Kindred.Data.Safetensors;

/// <summary>Writes many float32 tensors to a safetensors file, one after the other.</summary>
/// <remarks>The header comes first in the format, so all names and shapes are given at the start; the elements are streamed.
/// The data starts at a multiple of 64 bytes.</remarks>
internal sealed class SafetensorsWriter : IDisposable
{
    private readonly string _path;
    private readonly IReadOnlyList<TensorShape> _tensors;
    private readonly FileStream _stream;
    private int _next;

    /// <summary>Starts a file; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names, all different and not <c>__metadata__</c>, and shapes in the order of writing.</param>
    /// <param name="metadata">Texts by name, written in ordinal order of the names.</param>
    /// <exception cref="KindredException">The file cannot be written.</exception>
    public SafetensorsWriter(string path, IReadOnlyList<TensorShape> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Kindred's files are little-endian, and so must the machine be.");
        }

        if (tensors.Any(tensor => tensor.Name == SafetensorsFile.MetadataName)
            || tensors.DistinctBy(tensor => tensor.Name).Count() != tensors.Count)
        {
            throw new ArgumentException("The names of tensors must differ, and none may be __metadata__.", nameof(tensors));
        }

        (_path, _tensors) = (path, tensors);
        var header = Header(tensors, metadata);
        _stream = OutputErrors.Guard(path, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16));
        OutputErrors.Guard(path, () => _stream.Write(header));
    }

    /// <summary>Writes all elements of the next tensor in C order.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(string name, ReadOnlySpan<float> elements)
    {
        if (_next == _tensors.Count || _tensors[_next].Name != name || _tensors[_next].Count != elements.Length)
        {
            var expected = _next == _tensors.Count ? "no more tensors" : $"'{_tensors[_next].Name}' of {_tensors[_next].Count} elements";
            throw new InvalidOperationException($"{_path}: expected {expected}, not '{name}' of {elements.Length}.");
        }

        _next++;
        ElementStream.Write(_stream, _path, elements);
    }

    /// <summary>Closes the file, which must have all its tensors.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Complete()
    {
        if (_next != _tensors.Count) throw new InvalidOperationException($"{_path}: {_tensors.Count - _next} tensors are not written.");
        OutputErrors.Guard(_path, _stream.Dispose);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static byte[] Header(IReadOnlyList<TensorShape> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var bytes = new MemoryStream();
        bytes.Write(new byte[8]);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsFile.MetadataName);
                foreach (var (name, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, text);
                json.WriteEndObject();
            }

            var start = 0L;
            foreach (var tensor in tensors) start = WriteTensor(json, tensor, start);
            json.WriteEndObject();
        }

        while (bytes.Length % 64 != 0) bytes.WriteByte((byte)' ');
        var header = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        return header;
    }

    private static long WriteTensor(Utf8JsonWriter json, TensorShape tensor, long start)
    {
        var end = checked(start + tensor.Count * sizeof(float));
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
