using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.Pipeline.Store;

/// <summary>Plans and versions as JSON: camel-case keys in the order of the records, numbers in the shortest form that reads back as the
/// same bits.</summary>
internal static class Documents
{
    private static readonly JsonSerializerOptions _options = Options(indented: true);
    private static readonly JsonSerializerOptions _compact = Options(indented: false);

    public static byte[] Serialise<T>(T document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, _options), (byte)'\n'];

    /// <summary>Writes what <see cref="Serialise"/> returns, without holding it in memory.</summary>
    public static void Write<T>(Stream stream, T document)
    {
        JsonSerializer.Serialize(stream, document, _options);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Returns true if two documents have the same bytes.</summary>
    public static bool Same<T>(T one, T other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, _compact).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, _compact));

    /// <summary>Writes a list as JSON with one entry per line: a third of the size of indented JSON, and still readable and comparable by
    /// line.</summary>
    public static byte[] SerialiseLines<T>(IReadOnlyList<T> entries)
    {
        using var bytes = new MemoryStream();
        WriteLines(bytes, entries);
        return bytes.ToArray();
    }

    /// <summary>Writes what <see cref="SerialiseLines"/> returns, without holding it in memory.</summary>
    public static void WriteLines<T>(Stream bytes, IReadOnlyList<T> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            bytes.Write(i == 0 ? "[\n"u8 : ",\n"u8);
            JsonSerializer.Serialize(bytes, entries[i], _compact);
        }

        bytes.Write(entries.Count == 0 ? "[]\n"u8 : "\n]\n"u8);
    }

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        WriteIndented = indented,
        IndentSize = 1,
        NewLine = "\n",
    };

    /// <summary>Reads a document.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="code">The code of the error if it cannot be read.</param>
    /// <param name="remedy">The remedy of that error, without a full stop.</param>
    /// <exception cref="KindredException">The file cannot be read, or is not such a document.</exception>
    public static T Read<T>(string path, string code, string remedy)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, _options) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new KindredException(ErrorKind.Corrupt, code,
                $"{path} is missing or damaged ({error.Message.Split('\n')[0].TrimEnd('.')}).", $"{remedy}.", error);
        }
    }
}
