using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Reads facts from a manifest or a file of figures of any format.</summary>
internal static class ManifestFacts
{
    // A random seed tells people nothing, and ids must not be shown.
    private static readonly string[] _hidden = ["seed", "seeds"];
    private static readonly string[] _texts = ["method", "baseline", "country", "populationVersion", "population_version", "modelsVersion"];

    /// <summary>Numbers, flags, and the lengths of lists; of texts only those that are known not to be ids.</summary>
    public static JsonObject Plain(JsonObject json)
    {
        var facts = new JsonObject();
        foreach (var (name, value) in json)
        {
            if (_hidden.Contains(name)) continue;
            var fact = value switch
            {
                JsonArray list => list.Count,
                JsonValue one when one.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
                    one.DeepClone(),
                JsonValue text when _texts.Contains(name) => text.DeepClone(),
                _ => null,
            };
            if (fact is not null) facts[SnakeCase(name)] = fact;
        }

        return facts;
    }

    /// <summary>The same facts from a file of figures; none if it cannot be read.</summary>
    public static JsonObject OfJson(string folder, string file)
    {
        try
        {
            return StrictJson.Parse(File.ReadAllBytes(Path.Combine(folder, file))) is JsonObject json ? Plain(json) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Settings by name, without hidden ones.</summary>
    public static JsonObject Settings(IEnumerable<KeyValuePair<string, string>> settings) =>
        new(settings
            .Where(pair => !_hidden.Contains(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    /// <summary>The settings of a manifest by name, without hidden ones.</summary>
    public static JsonObject Settings(JsonNode? settings) =>
        Settings((settings as JsonObject ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.ToString() ?? "")));

    /// <summary>The number of occurrences of each text, in the order of the first ones.</summary>
    public static JsonObject Counts(IEnumerable<string> texts) =>
        new(texts.GroupBy(text => text, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count())));

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter)) text.Append('_').Append(char.ToLowerInvariant(letter));
            else text.Append(letter);
        }

        return text.ToString();
    }
}
