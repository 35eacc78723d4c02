using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>Reads a <see cref="FolderManifest"/> and says what is wrong with it.</summary>
internal static class ManifestReader
{
    // Of a file: more than any has, and so few that sums of them are numbers.
    private const long MostBytes = 1L << 46;

    private static readonly string[] OwnNames = ["format", "formatVersion", "files", "unhashed", "version"];

    public static FolderManifest Read(string folder, string format, int newestVersion, string remedy)
    {
        var path = Path.Combine(folder, FolderManifest.FileName);
        if (!Directory.Exists(folder))
        {
            throw new KindredException(ErrorKind.BadInput, File.Exists(folder)
                ? $"{folder} is a file, not a folder. Give the folder that it is in."
                : $"{folder}: there is no such folder. Check the path; a relative one starts at the current folder.");
        }

        if (!File.Exists(path))
        {
            throw new KindredException(ErrorKind.Corrupt, $"{path} is missing, so this is no folder of format '{format}', or an incomplete one. Check the path. {remedy}.");
        }

        var json = Parse(path, remedy);
        var found = Text(json, "format");
        if (found != format)
        {
            throw new KindredException(ErrorKind.Corrupt, $"{path}: the format is '{found}', but '{format}' is needed. Give the path of another folder. {remedy}.");
        }

        var version = VersionOf(json);
        if (version < 1) throw Damaged(path, remedy, "it does not say which version of its format it is, from 1 on");
        if (version > newestVersion)
        {
            throw new KindredException(ErrorKind.Corrupt,
                $"{path}: format version {version} is not known; this program reads 1 to {newestVersion}. {FolderManifest.NewerRemedy}.");
        }

        var manifest = Convert(json, path, found, version, remedy);
        return manifest.Version == Text(json, "version") ? manifest : throw Damaged(path, remedy, "its contents do not match its version");
    }

    /// <summary>What can still be read of a manifest that <see cref="Read"/> refuses: for looking at its files all the same. Null if nothing.</summary>
    public static FolderManifest? Salvage(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FolderManifest.FileName);
            var json = Parse(path, "");
            return Convert(json, path, Text(json, "format") ?? "", VersionOf(json), "");
        }
        catch (KindredException)
        {
            return null;
        }
    }

    private static int VersionOf(JsonObject json) => json["formatVersion"] is JsonValue number && number.TryGetValue<int>(out var version) ? Math.Max(version, 0) : 0;

    private static FolderManifest Convert(JsonObject json, string path, string format, int version, string remedy)
    {
        try
        {
            var files = json["files"]!.AsArray().Select(file => new ManifestFile(
                file!["path"]!.GetValue<string>(), file["bytes"]!.GetValue<long>(), file["xxh3_128"]!.GetValue<string>())).ToArray();
            var unhashed = (json["unhashed"] as JsonArray ?? []).Select(file => file!.GetValue<string>()).ToArray();
            if (files.Select(file => file.Path).Concat(unhashed).FirstOrDefault(LeadsElsewhere) is { } elsewhere)
            {
                throw Damaged(path, remedy, $"it lists '{elsewhere}', which is no file within the folder");
            }

            if (files.FirstOrDefault(file => file.Bytes is < 0 or > MostBytes) is { } absurd)
            {
                throw Damaged(path, remedy, $"it says that '{absurd.Path}' has {absurd.Bytes:N0} bytes");
            }

            var content = (JsonObject)json.DeepClone();
            foreach (var name in OwnNames) content.Remove(name);
            return new FolderManifest { Format = format, FormatVersion = version, Content = content, Files = files, Unhashed = unhashed };
        }
        catch (Exception error) when (error is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, remedy, "its list of files cannot be read");
        }
    }

    // Files that a manifest lists are read, linked and written again: it must not lead to somebody else's.
    private static bool LeadsElsewhere(string path) =>
        Path.IsPathRooted(path) || path.AsSpan().ContainsAny('\0', '\\') || path.Split('/').Any(part => part is "" or "." or "..");

    private static JsonObject Parse(string path, string remedy)
    {
        try
        {
            return StrictJson.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw Damaged(path, remedy, "it is no JSON object");
        }
        catch (JsonException error)
        {
            throw Damaged(path, remedy, error.LineNumber is { } line ? $"it is not JSON (line {line + 1})" : $"it is not JSON ({error.Message.TrimEnd('.')})");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.BadInput, $"{path} cannot be read ({error.Message.TrimEnd('.')}). Check its permissions and the disk.", error);
        }
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static KindredException Damaged(string path, string remedy, string how) =>
        new(ErrorKind.Corrupt, $"{path} is damaged: {how}. {remedy}.");
}
