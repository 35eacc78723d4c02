using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kindred.Data.Folders;
using Kindred.Tuning;

namespace Kindred.Data.Tuning;

/// <summary>The result of tuning, stored in the folder of its population: <c>tuning/manifest.json</c>.</summary>
public static class TuningFolder
{
    /// <summary>The format that the manifest names.</summary>
    public const string Format = "kindred-tuning";

    /// <summary>The folder's name in that of the population.</summary>
    public const string Name = "tuning";

    internal const int FormatVersion = 1;
    internal const string Remedy = "Remove that folder and tune again";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The folder of a population's tuning.</summary>
    public static string PathIn(string populationFolder) => Path.Combine(populationFolder, Name);

    /// <summary>Writes a tuning into a folder, which should be one of <see cref="OutputFolder"/>.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public static void Write(string folder, TuningResult tuning)
    {
        OutputErrors.Guard(folder, () => Directory.CreateDirectory(folder));
        FolderManifest.Describe(folder, Format, FormatVersion, ToJson(tuning)).Write(folder);
    }

    /// <summary>Reads the tuning of a population; null if it has not been tuned.</summary>
    /// <exception cref="KindredException">It is damaged, of another format or of a newer version.</exception>
    public static TuningResult? Find(string populationFolder)
    {
        var folder = PathIn(populationFolder);
        return Directory.Exists(folder) ? Read(folder, FolderManifest.Read(folder, Format, FormatVersion, Remedy)) : null;
    }

    /// <summary>Reads the tuning in a manifest.</summary>
    internal static TuningResult Read(string folder, FolderManifest manifest)
    {
        try
        {
            return manifest.Content.Deserialize<TuningResult>(_json) ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            throw FolderErrors.DamagedManifest(Format, folder, Remedy, error);
        }
    }

    /// <summary>Converts a tuning to JSON.</summary>
    public static JsonObject ToJson(TuningResult tuning) => (JsonObject)JsonSerializer.SerializeToNode(tuning, _json)!;
}
