using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Kindred.Data.Folders;

/// <summary>Parses JSON in full, so that errors that the parser would report only on access to a value are reported immediately.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not JSON, not UTF-8, or has a name twice in one object.</exception>
    public static JsonNode? Parse(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new JsonException("it is not UTF-8");
        try
        {
            var json = JsonNode.Parse(utf8, documentOptions: _options);
            ReadTexts(json);
            return json;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("a text has half of a surrogate pair", error);
        }
    }

    // Escapes can spell invalid Unicode: \ud800.
    private static void ReadTexts(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject map:
                foreach (var (_, value) in map) ReadTexts(value);
                break;
            case JsonArray list:
                foreach (var value in list) ReadTexts(value);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
