using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kindred.Pipeline.Store;

/// <summary>Plans and versions as JSON: camel-case keys in the order of the records, numbers in the shortest form that reads back as the same bits.</summary>
internal static class Documents
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
    };

    public static byte[] Serialise<T>(T document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, _options), (byte)'\n'];

    /// <exception cref="KindredException">It cannot be read, or is no such document.</exception>
    public static T Read<T>(string path, string remedy)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, _options) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new KindredException(ErrorKind.Corrupt, $"{path} is missing or damaged ({error.Message.Split('\n')[0].TrimEnd('.')}). {remedy}.", error);
        }
    }
}
