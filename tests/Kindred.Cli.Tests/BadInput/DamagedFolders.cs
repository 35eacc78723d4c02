using System.Text;
using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Data.Folders;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Folders with damaged manifests and files.</summary>
internal static class DamagedFolders
{
    private const string Population = "population";
    private const string Models = "models";
    private const string Embeddings = "shard-00000/embeddings.npy";
    private const string Tensors = "models.safetensors";

    public static IReadOnlyList<DamagedFolder> All { get; } =
    [
        // Manifests.
        new("an empty manifest", Population, Manifest(_ => ""), "manifest.json is damaged: it is not JSON"),
        new("a manifest that is null", Population, Manifest(_ => "null"), "manifest.json is damaged: it is not a JSON object"),
        new("a manifest that is a list", Population, Manifest(_ => "[]"), "manifest.json is damaged: it is not a JSON object"),
        new("a manifest that is cut off", Population, Manifest(text => text[..(text.Length / 2)]), "manifest.json is damaged: it is not JSON (line "),
        new("a manifest in UTF-16", Models, folder => File.WriteAllText(Path.Combine(folder, "manifest.json"), File.ReadAllText(Path.Combine(folder, "manifest.json")), Encoding.Unicode), "manifest.json is damaged: it is not JSON (it is not UTF-8)"),
        new("a manifest in Latin-1", Models, folder => File.WriteAllText(Path.Combine(folder, "manifest.json"), "{\"format\": \"é\"}", Encoding.Latin1), "manifest.json is damaged: it is not JSON (it is not UTF-8)"),
        new("a manifest with a key twice", Models, Manifest(text => text.Replace("{\n", "{\n  \"format\": \"kindred-models\",\n", StringComparison.Ordinal)), "manifest.json is damaged: it is not JSON"),
        new("a manifest with half a surrogate pair", Models, Manifest(text => text.Replace("\"method\": \"", "\"method\": \"\\ud800", StringComparison.Ordinal)), "manifest.json is damaged: it is not JSON (a text has half of a surrogate pair)"),
        new("a manifest that is nested 1,000 times", Models, Manifest(_ => "{\"format\": " + new string('[', 1000)), "manifest.json is damaged: it is not JSON"),
        new("a manifest of another format", Population, Manifest(text => text.Replace("kindred-population", "kindred-models", StringComparison.Ordinal)), "the format is 'kindred-models', but 'kindred-population' is needed"),
        new("a manifest whose format is a number", Population, Manifest(text => text.Replace("\"kindred-population\"", "7", StringComparison.Ordinal)), "the format is ''"),
        new("a manifest of a newer version", Population, Manifest(text => text.Replace("\"formatVersion\": 1", "\"formatVersion\": 99", StringComparison.Ordinal)), "format version 99") { Remedy = "reads 1 to 1. Use the version of Kindred that wrote it." },
        new("a manifest of version 0", Population, Manifest(text => text.Replace("\"formatVersion\": 1", "\"formatVersion\": 0", StringComparison.Ordinal)), "manifest.json is damaged: it does not say which version of its format it is"),
        new("a manifest whose version is a text", Population, Manifest(text => text.Replace("\"formatVersion\": 1", "\"formatVersion\": \"1\"", StringComparison.Ordinal)), "manifest.json is damaged: it does not say which version of its format it is"),
        new("a manifest without files", Models, Json(json => json.Remove("files")), "its list of files cannot be read"),
        new("a manifest of other contents than it had", Models, Manifest(text => text.Replace("\"method\": \"", "\"method\": \"x", StringComparison.Ordinal)), "its contents do not match its version"),
        new("a manifest that leads out of its folder", Models, Json(json => json["files"]![0]!["path"] = "../models.safetensors"), "it lists '../models.safetensors', which is not a file in the folder"),
        new("a manifest that leads to the root", Models, Json(json => json["files"]![0]!["path"] = "/etc/hostname"), "it lists '/etc/hostname', which is not a file in the folder"),
        new("a manifest that leads out and in again", Models, Json(json => json["files"]![0]!["path"] = "a/../models.safetensors"), "which is not a file in the folder"),
        new("a manifest of a file without a name", Models, Json(json => json["files"]![0]!["path"] = ""), "which is not a file in the folder"),
        new("a manifest of a file of fewer bytes than none", Models, Json(json => json["files"]![0]!["bytes"] = -1), "has -1 bytes"),
        new("a manifest of a file of more bytes than can be", Models, Json(json => json["files"]![0]!["bytes"] = long.MaxValue), "has 9,223,372,036,854,775,807 bytes"),
        new("a manifest that is a folder", Models, folder => ToFolder(folder, "manifest.json"), "manifest.json is missing"),
        new("a manifest that is a link to itself", Models, folder => ToLink(folder, "manifest.json", "manifest.json"), "manifest.json cannot be read") { Code = ExitCode.BadInput },
        new("no manifest", Models, folder => File.Delete(Path.Combine(folder, "manifest.json")), "manifest.json is missing"),

        // Manifests with a valid checksum but wrong contents, as a defective writer would leave them.
        new("a population without a count of users", Population, Sealed(json => json.Remove("users")), "manifest.json is damaged: a value is missing or of another type"),
        new("a population of a word of users", Population, Sealed(json => json["users"] = "many"), "manifest.json is damaged"),
        new("a population without shards", Population, Sealed(json => json["shards"] = new JsonArray()), "manifest.json"),
        new("a population of dimension 0", Population, Sealed(json => json["dimension"] = 0), "manifest.json"),
        new("a population of another dimension", Population, Sealed(json => json["dimension"] = 24), "embeddings.npy does not fit"),
        new("models without models", Models, Sealed(json => json.Remove("models")), "manifest.json is damaged: a value is missing"),
        new("models of a kind that is not known", Models, Sealed(json => json["models"]![0]!["scorer"]!["kind"] = "oracle"), "'oracle'"),
        new("models with a tensor that is not there", Models, Sealed(json => json["models"]![0]!["scorer"]!["tensors"]![0] = "nothing"), "has no tensor '000000/nothing'"),
        new("models whose training took a word", Models, Sealed(json => json["models"]![0]!["training"]!.AsObject()["loss"] = "little"), "manifest.json is damaged"),

        // Files.
        new("a file that is missing", Population, folder => File.Delete(Path.Combine(folder, Embeddings)), "embeddings.npy is missing, though the manifest lists it"),
        new("a file that is cut off", Population, Bytes(Embeddings, bytes => bytes[..^1]), "embeddings.npy has", "damaged or incomplete"),
        new("a file that goes on", Population, Bytes(Embeddings, bytes => [.. bytes, 0]), "embeddings.npy has", "damaged or incomplete"),
        new("a file that is empty", Population, Bytes(Embeddings, _ => []), "embeddings.npy has 0 bytes"),
        new("a file with a flipped bit", Population, Bytes(Embeddings, Flipped), "embeddings.npy is damaged: its checksum"),
        new("a folder where a file should be", Population, folder => ToFolder(folder, Embeddings), "embeddings.npy is missing"),
        new("a link to itself where a file should be", Population, folder => ToLink(folder, Embeddings, "embeddings.npy"), "embeddings.npy cannot be read"),
        new("a link to another file", Population, folder => ToLink(folder, Embeddings, "activity.npy"), "embeddings.npy has"),
        new("a table of models that is no Parquet", Models, Bytes("seeds.parquet", Flipped), "seeds.parquet is damaged"),

        // Damaged files with matching checksums.
        new("an array of another type", Population, Refilled(Embeddings, _ => NumpyBytes.Of("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", new byte[32])), "its elements are <f8, but <f4"),
        new("an array of other axes", Population, Refilled(Embeddings, _ => NumpyBytes.Floats("4,", 1, 2, 3, 4)), "it has 1 axes, but 2 are needed"),
        new("an array of other users", Population, Refilled(Embeddings, _ => NumpyBytes.Floats("2, 16", new float[32])), "embeddings.npy does not fit"),
        new("an array that its shape does not fit", Population, Refilled(Embeddings, _ => NumpyBytes.Floats("2, 16", new float[31])), "its shape needs"),
        new("an array without a header", Population, Refilled(Embeddings, _ => new byte[64]), "not a NumPy file, or it is damaged"),
        new("embeddings that are NaN", Population, Refilled(Embeddings, bytes => [.. bytes[..^4], .. BitConverter.GetBytes(float.NaN)]), "NaN or infinite") { IsNoticed = false },
        new("activity that is infinite", Population, Refilled("shard-00000/activity.npy", bytes => [.. bytes[..^4], .. BitConverter.GetBytes(float.PositiveInfinity)]), "NaN or infinite") { IsNoticed = false },
        new("weights that are NaN", Models, Refilled(Tensors, bytes => [.. bytes[..^4], .. BitConverter.GetBytes(float.NaN)]), "NaN or infinite") { IsNoticed = false },
        new("tensors of no bytes", Models, Refilled(Tensors, _ => []), "shorter than its header"),
        new("tensors whose header is longer than the file", Models, Refilled(Tensors, bytes => [.. BitConverter.GetBytes(90_000_000L), .. bytes[8..]]), "its header claims 90,000,000 bytes, but the file has only"),
        new("tensors whose header is longer than any", Models, Refilled(Tensors, bytes => [.. BitConverter.GetBytes(long.MaxValue), .. bytes[8..]]), "at most 100,000,000 are allowed"),
        new("tensors whose header is no JSON", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("{{{")), "its header does not follow the format"),
        new("tensors whose header is a list", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("[]")), "its header does not follow the format"),
        new("tensors of another type", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8)), "is of type I64, but only F32"),
        new("tensors that overlap", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12)), "overlap or leave a gap"),
        new("tensors with a gap", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)), "overlap or leave a gap"),
        new("tensors of a name twice", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)), "occurs twice"),
        new("tensors outside the file", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}""", 8)), "outside the 8 bytes of data"),
        new("tensors that do not fill their bytes", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")), "does not fill its 0 bytes"),
        new("tensors of a size that is no number", Models, Refilled(Tensors, _ => SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,0],"data_offsets":[0,0]}}""")), "has no tensor '000000/"),
    ];

    /// <summary>Rewrites a folder's manifest to match its files.</summary>
    public static void Seal(string folder)
    {
        var json = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")))!.AsObject();
        var (format, version) = ((string)json["format"]!, (int)json["formatVersion"]!);
        foreach (var name in new[] { "format", "formatVersion", "files", "unhashed", "version" }) json.Remove(name);
        FolderManifest.Describe(folder, format, version, json).Write(folder);
    }

    private static Action<string> Manifest(Func<string, string> change) => folder =>
    {
        var path = Path.Combine(folder, "manifest.json");
        var text = File.ReadAllText(path);
        var changed = change(text);
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);
    };

    private static Action<string> Json(Action<JsonObject> change) => Manifest(text =>
    {
        var json = JsonNode.Parse(text)!.AsObject();
        change(json);
        return json.ToJsonString();
    });

    private static Action<string> Sealed(Action<JsonObject> change) => folder =>
    {
        Json(change)(folder);
        Seal(folder);
    };

    private static Action<string> Bytes(string file, Func<byte[], byte[]> change) => folder => File.WriteAllBytes(Path.Combine(folder, file), change(File.ReadAllBytes(Path.Combine(folder, file))));

    private static Action<string> Refilled(string file, Func<byte[], byte[]> change) => folder =>
    {
        Bytes(file, change)(folder);
        Seal(folder);
    };

    private static byte[] Flipped(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private static void ToFolder(string folder, string file)
    {
        File.Delete(Path.Combine(folder, file));
        Directory.CreateDirectory(Path.Combine(folder, file));
    }

    private static void ToLink(string folder, string file, string target)
    {
        File.Delete(Path.Combine(folder, file));
        File.CreateSymbolicLink(Path.Combine(folder, file), target);
    }
}
