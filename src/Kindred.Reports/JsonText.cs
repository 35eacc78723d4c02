using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Reports;

/// <summary>Writes JSON as text: indented, keys in the order given.</summary>
public static class JsonText
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes JSON and a line feed.</summary>
    public static void Write(TextWriter output, JsonNode json) => output.Write(Of(json));

    /// <summary>The JSON as text for a file, ending in a line feed.</summary>
    public static string Of(JsonNode json) => json.ToJsonString(Indented) + "\n";

    /// <summary>Numbers, with null where one is not finite.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    /// <summary>A number, or null if it is not finite.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
