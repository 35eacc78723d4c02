using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>Reads and checks a <see cref="FolderManifest"/>.</summary>
internal static class ManifestReader
{
    // More bytes than any file has, and few enough that sums do not overflow.
    private const long MostBytes = 1L << 46;

    private static readonly string[] OwnNames = ["format", "formatVersion", "files", "unhashed", "version"];

    public static FolderManifest Read(string folder, string format, int newestVersion, string remedy)
    {
        var path = Path.Combine(folder, FolderManifest.FileName);
        if (!Directory.Exists(folder)) throw FolderErrors.NotFound(folder);
        if (!File.Exists(path))
        {
            throw new KindredException(ErrorKind.Corrupt, "missing_manifest",
                $"{path} is missing, so this is not a folder of format '{format}', or it is incomplete.", $"Check the path. {remedy}.")
            {
                Values = new Dictionary<string, object?> { ["format"] = format, ["path"] = path },
            };
        }

        var json = Parse(format, path, remedy);
        var found = Text(json, "format");
        if (found != format)
        {
            throw new KindredException(ErrorKind.Corrupt, "wrong_format",
                $"{path}: the format is '{found}', but '{format}' is needed.", $"Give the path of another folder. {remedy}.")
            {
                Values = new Dictionary<string, object?> { ["format"] = format, ["found"] = found, ["path"] = path },
            };
        }

        var version = VersionOf(json);
        if (version < 1) throw Damaged(format, path, remedy, "it does not say which version of its format it is, from 1 on");
        if (version > newestVersion) throw FolderErrors.NewerVersion(path, version, $"1 to {newestVersion}");
        var manifest = Convert(json, path, found, version, remedy);
        return manifest.Version == Text(json, "version") ? manifest
            : throw Damaged(format, path, remedy, "its contents do not match its version");
    }

    /// <summary>Reads as much as possible of a manifest that <see cref="Read"/> rejects, so that its files can still be checked; null if
    /// nothing is readable.</summary>
    public static FolderManifest? Salvage(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FolderManifest.FileName);
            var json = Parse("", path, "");
            return Convert(json, path, Text(json, "format") ?? "", VersionOf(json), "");
        }
        catch (KindredException)
        {
            return null;
        }
    }

    private static int VersionOf(JsonObject json) => json["formatVersion"] is JsonValue number && number.TryGetValue<int>(out var version)
        ? Math.Max(version, 0) : 0;

    private static FolderManifest Convert(JsonObject json, string path, string format, int version, string remedy)
    {
        try
        {
            var files = json["files"]!.AsArray().Select(file => new ManifestFile(
                file!["path"]!.GetValue<string>(), file["bytes"]!.GetValue<long>(), file["xxh3_128"]!.GetValue<string>())).ToArray();
            var unhashed = (json["unhashed"] as JsonArray ?? []).Select(file => file!.GetValue<string>()).ToArray();
            if (files.Select(file => file.Path).Concat(unhashed).FirstOrDefault(LeadsElsewhere) is { } elsewhere)
            {
                throw Damaged(format, path, remedy, $"it lists '{elsewhere}', which is not a file in the folder");
            }

            if (files.FirstOrDefault(file => file.Bytes is < 0 or > MostBytes) is { } absurd)
            {
                throw Damaged(format, path, remedy, $"it says that '{absurd.Path}' has {absurd.Bytes:N0} bytes");
            }

            var content = (JsonObject)json.DeepClone();
            foreach (var name in OwnNames) content.Remove(name);
            return new FolderManifest { Format = format, FormatVersion = version, Content = content, Files = files, Unhashed = unhashed };
        }
        catch (Exception error) when (error is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw Damaged(format, path, remedy, "its list of files cannot be read");
        }
    }

    // Listed files are read, linked and rewritten, so a manifest must not name files outside its folder.
    internal static bool LeadsElsewhere(string path) =>
        Path.IsPathRooted(path) || path.AsSpan().ContainsAny('\0', '\\') || path.Split('/').Any(part => part is "" or "." or "..");

    private static JsonObject Parse(string format, string path, string remedy)
    {
        try
        {
            return StrictJson.Parse(File.ReadAllBytes(path)) as JsonObject
                ?? throw Damaged(format, path, remedy, "it is not a JSON object");
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? $"line {line + 1}" : error.Message.TrimEnd('.');
            throw Damaged(format, path, remedy, $"it is not JSON ({place})");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Unreadable(path, error);
        }
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static KindredException Damaged(string format, string path, string remedy, string how) =>
        FolderErrors.Damaged(format, path, $"{path} is damaged: {how}", remedy);
}
