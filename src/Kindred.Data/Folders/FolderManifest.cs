using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>The <c>manifest.json</c> of a folder that Kindred wrote: its format, its contents, and the checksum of every file.</summary>
/// <remarks>Keys are sorted, and nothing depends on clock, host or path: the same contents give the same bytes.</remarks>
public sealed class FolderManifest
{
    /// <summary>The manifest's name in its folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The remedy for a folder that a newer Kindred wrote, as a sentence without a full stop. Such a folder is not
    /// damaged.</summary>
    public const string NewerRemedy = "Use the version of Kindred that wrote it";

    private const string FormatPrefix = "kindred-";

    /// <summary>The kind of folder, such as <c>kindred-population</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The version of that format, from 1.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>The format's own values. They never use the names of the manifest itself.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Every file but the manifest, by ordinal path.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>Files that belong to the folder but not to its version: reports of time and memory.</summary>
    public IReadOnlyList<string> Unhashed { get; init; } = [];

    /// <summary>A hash over the rest of the manifest, including the checksums of all files: 32 hexadecimal digits.</summary>
    public string Version => Convert.ToHexStringLower(XxHash128.Hash(Serialise(Body())));

    /// <summary>Lists and hashes all files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="format">The kind of folder.</param>
    /// <param name="formatVersion">The version of that format.</param>
    /// <param name="content">The format's own values.</param>
    /// <param name="unhashed">The files of <see cref="Unhashed"/>.</param>
    /// <exception cref="KindredException">A file cannot be read back.</exception>
    public static FolderManifest Describe(string folder, string format, int formatVersion, JsonObject content,
        params IReadOnlyList<string> unhashed)
    {
        var paths = PathsIn(folder).Except(unhashed).ToArray();
        var files = new ManifestFile[paths.Length];
        OutputErrors.Guard(folder, () => Parallel.For(0, paths.Length, i => files[i] = FileChecksum.Describe(folder, paths[i])));
        return new FolderManifest { Format = format, FormatVersion = formatVersion, Content = content, Files = files, Unhashed = unhashed };
    }

    /// <summary>Tells whether a folder has a manifest that Kindred wrote.</summary>
    /// <exception cref="KindredException">There is a manifest and it cannot be read, which does not mean that it is of another
    /// kind.</exception>
    public static bool IsWrittenByKindred(string folder) => FormatOf(folder)?.StartsWith(FormatPrefix, StringComparison.Ordinal) == true;

    /// <summary>Reads the format of a folder; null if there is no manifest, or one that is damaged.</summary>
    /// <exception cref="KindredException">There is one and it cannot be read.</exception>
    public static string? FormatOf(string folder) => TextOf(folder, "format");

    /// <summary>Reads the version of a folder, unchecked; null if there is no manifest, or one that is damaged.</summary>
    /// <exception cref="KindredException">There is one and it cannot be read.</exception>
    public static string? VersionOf(string folder) => TextOf(folder, "version");

    /// <summary>Finds a file that the manifest of a folder does not list; null if there is none.</summary>
    public static string? FirstForeignFile(string folder)
    {
        var json = StrictJson.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));
        var listed = (json?["files"] as JsonArray ?? []).Select(file => TextOf((file as JsonObject)?["path"]))
            .Concat((json?["unhashed"] as JsonArray ?? []).Select(TextOf)).ToHashSet(StringComparer.Ordinal);
        return Foreign(folder, listed).FirstOrDefault();
    }

    /// <summary>Finds files that this manifest does not list, by ordinal path, except in inner folders that Kindred wrote.</summary>
    public IReadOnlyList<string> ForeignFiles(string folder) =>
        [.. Foreign(folder, Files.Select(file => (string?)file.Path).Concat(Unhashed).ToHashSet(StringComparer.Ordinal))];

    /// <summary>Writes the manifest into a folder, last of all files.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(string folder)
    {
        var json = Body();
        json["version"] = Version;
        var path = Path.Combine(folder, FileName);
        OutputErrors.Guard(path, () => File.WriteAllBytes(path, Serialise(json)));
    }

    /// <summary>Reads a folder's manifest and checks that it is whole and of a known version.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="format">The format that it must have.</param>
    /// <param name="newestVersion">The newest version of the format that can be read.</param>
    /// <param name="remedy">How the folder is made again, as a sentence without a full stop.</param>
    /// <exception cref="KindredException">There is no such folder or manifest, or it is damaged, of another format or newer.</exception>
    public static FolderManifest Read(string folder, string format, int newestVersion, string remedy) =>
        ManifestReader.Read(folder, format, newestVersion, remedy);

    /// <summary>Checks that every file is there and has the length and, if requested, the checksum of the manifest.</summary>
    /// <exception cref="KindredException">A file is missing or differs; the message names it.</exception>
    public void Verify(string folder, string remedy, bool checksums = true) =>
        FileChecksum.Verify(folder, Format, Files, remedy, checksums);

    /// <summary>A manifest of these files alone, for verifying only the files that are about to be read.</summary>
    public FolderManifest Only(params IReadOnlyList<string> paths) =>
        new()
        {
            Format = Format,
            FormatVersion = FormatVersion,
            Content = Content,
            Files = [.. Files.Where(file => paths.Contains(file.Path))]
        };

    /// <summary>Serialises JSON as Kindred writes it: indented, keys in ordinal order, UTF-8, a line feed at the end.</summary>
    public static byte[] Serialise(JsonNode json)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            Sorted(json)!.WriteTo(writer);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static string? TextOf(string folder, string name)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? TextOf((StrictJson.Parse(File.ReadAllBytes(path)) as JsonObject)?[name]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Kindred writes no links: one that leads nowhere is damage, and not the disk's fault.
            return new FileInfo(path).LinkTarget is null ? throw FolderErrors.Unreadable(path, error) : null;
        }
    }

    private static string? TextOf(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Foreign(string folder, HashSet<string?> listed)
    {
        // Folders that Kindred put inside later, such as a population's tuning, have manifests of their own.
        string[] inner = [.. Directory.EnumerateDirectories(folder).Where(IsWrittenByKindred).Select(path => Path.GetFileName(path) + "/")];
        return PathsIn(folder).Where(path => !listed.Contains(path)
            && !inner.Any(name => path.StartsWith(name, StringComparison.Ordinal)));
    }

    private static string[] PathsIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path != FileName)
            .Order(StringComparer.Ordinal),
    ];

    private JsonObject Body()
    {
        var json = (JsonObject)Content.DeepClone();
        json["format"] = Format;
        json["formatVersion"] = FormatVersion;
        json["files"] = new JsonArray([.. Files.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["bytes"] = file.Bytes,
            ["xxh3_128"] = file.Checksum,
        })]);
        if (Unhashed.Count > 0) json["unhashed"] = new JsonArray([.. Unhashed.Select(path => (JsonNode)path)]);
        return json;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
