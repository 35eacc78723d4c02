using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kindred.Tuning;

namespace Kindred.Reports.Tune;

/// <summary>A tuning as JSON.</summary>
public static class TuneJson
{
    private static readonly JsonSerializerOptions _snakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The figures of all methods and the best blends of a population.</summary>
    public static JsonObject Of(TuningResult result, string population)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(result, _snakeCase)!;
        json["population"] = population;
        return json;
    }
}
