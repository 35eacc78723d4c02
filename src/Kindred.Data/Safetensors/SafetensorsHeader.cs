using System.Buffers.Binary;
using System.Text.Json;

namespace Kindred.Data.Safetensors;

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Metadata">Texts by name.</param>
/// <param name="Tensors">The shapes and the start of each tensor's data in the file, by ascending start.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<(TensorShape Shape, long Start)> Tensors)
{
    // The format's own limit.
    private const long MostBytes = 100_000_000;

    public static SafetensorsHeader Read(string path)
    {
        using var stream = File.OpenRead(path);
        var prefix = new byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Bad(path, "it is shorter than its header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MostBytes) throw Bad(path, $"its header claims {length:N0} bytes, but at most {MostBytes:N0} are allowed");
        if ((long)length > stream.Length - 8)
        {
            throw Bad(path, $"its header claims {length:N0} bytes, but the file has only {stream.Length:N0}");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Check(path, document.RootElement, 8 + (long)length, stream.Length);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad(path, $"its header does not follow the format ({error.Message.TrimEnd('.')})", error);
        }
    }

    private static SafetensorsHeader Check(string path, JsonElement root, long dataStart, long fileLength)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<(TensorShape Shape, long Start, long End)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name)) throw Bad(path, $"the name '{property.Name}' occurs twice");
            if (property.Name == SafetensorsFile.MetadataName)
            {
                foreach (var text in property.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString() ?? "";
            }
            else
            {
                tensors.Add(Tensor(path, property, fileLength - dataStart));
            }
        }

        // In the order of the data, each tensor must start where the one before it ended, and the last end with the file.
        tensors.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Start != end)
            {
                throw Bad(path, $"tensor '{tensor.Shape.Name}' starts at {tensor.Start:N0}, but the data before it ends at {end:N0}: " +
                    "tensors overlap or leave a gap");
            }

            end = tensor.End;
        }

        if (dataStart + end != fileLength)
        {
            throw Bad(path, $"its tensors need {dataStart + end:N0} bytes, but the file has {fileLength:N0}");
        }

        return new SafetensorsHeader(metadata, [.. tensors.Select(tensor => (tensor.Shape, dataStart + tensor.Start))]);
    }

    private static (TensorShape Shape, long Start, long End) Tensor(string path, JsonProperty property, long dataBytes)
    {
        var name = property.Name;
        var type = property.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw Bad(path, $"tensor '{name}' is of type {type}, but only F32 can be read");
        var lengths = property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets.Length != 2) throw Bad(path, $"tensor '{name}' has {offsets.Length} data_offsets instead of 2");
        var (start, end) = (offsets[0], offsets[1]);
        if (start < 0 || end < start || end > dataBytes)
        {
            throw Bad(path, $"tensor '{name}' lies at {start:N0} to {end:N0}, outside the {dataBytes:N0} bytes of data");
        }

        // In floating point, so that absurd lengths do not overflow into plausible ones.
        var count = lengths.Aggregate(1d, (product, length) => product * length);
        if (lengths.Any(length => length < 0) || count * sizeof(float) != end - start)
        {
            throw Bad(path, $"tensor '{name}' of shape [{string.Join(", ", lengths)}] does not fill its {end - start:N0} bytes");
        }

        return (new TensorShape(name, lengths), start, end);
    }

    private static KindredException Bad(string path, string problem, Exception? inner = null) =>
        new(ErrorKind.Corrupt, "bad_safetensors", $"{path} is not a usable safetensors file: {problem}.", "Copy or make it again.", inner)
        {
            Values = new Dictionary<string, object?> { ["file"] = path },
        };
}
