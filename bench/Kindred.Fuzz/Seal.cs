using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Fuzz;

/// <summary>Rewrites the manifest of a damaged folder to match its files, as a defective writer or an attacker would.</summary>
/// <remarks>Otherwise the checksums would reject almost every damaged input.</remarks>
public static class Seal
{
    private static readonly string[] _ownNames = ["format", "formatVersion", "files", "unhashed", "version"];

    /// <summary>Rewrites the manifest of the innermost folder that a file belongs to.</summary>
    /// <param name="root">The folder that the reader receives.</param>
    /// <param name="file">The file that was changed.</param>
    /// <returns>The manifest's path, or null if there is no manifest to rewrite.</returns>
    public static string? Apply(string root, string file)
    {
        for (var folder = Path.GetDirectoryName(file)!; folder.Length >= root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            var path = Path.Combine(folder, FolderManifest.FileName);
            if (!File.Exists(path)) continue;
            return Write(folder, path, itself: path == file) ? path : null;
        }

        return null;
    }

    private static bool Write(string folder, string path, bool itself)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            var (format, version) = (json["format"]!.GetValue<string>(), json["formatVersion"]!.GetValue<int>());
            var listed = itself ? Listed(json) : null;
            string[] unhashed = [.. (json["unhashed"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
            foreach (var name in _ownNames) json.Remove(name);
            var manifest = listed is null
                ? FolderManifest.Describe(folder, format, version, json, unhashed)
                : new FolderManifest { Format = format, FormatVersion = version, Content = json, Files = listed, Unhashed = unhashed };
            manifest.Write(folder);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException
            or ArgumentException or KindredException)
        {
            return false;
        }
    }

    // If the manifest itself was damaged, its list of files stays.
    private static ManifestFile[] Listed(JsonObject json) =>
    [
        .. json["files"]!.AsArray().Select(file => new ManifestFile(file!["path"]!.GetValue<string>(), file["bytes"]!.GetValue<long>(),
            file["xxh3_128"]!.GetValue<string>())),
    ];
}
