using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Cli.Terminal;

/// <summary>JSON for machines on standard output: indented, keys in the order given.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, JsonNode json) => output.WriteLine(json.ToJsonString(Indented));

    /// <summary>The same as text for a file, with a line feed at its end.</summary>
    public static string Of(JsonNode json) => json.ToJsonString(Indented) + "\n";

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    /// <summary>A number, or null where it is not one.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
