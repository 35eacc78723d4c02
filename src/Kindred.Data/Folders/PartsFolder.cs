using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>What a long run has finished so far, kept beside its output so that a run that was stopped can go on.</summary>
/// <remarks>It appears with its first part and is deleted when the output is whole. Every part appears whole or not at all.</remarks>
public sealed class PartsFolder
{
    private const string Suffix = ".parts";
    private const string IdentityKey = "run";
    private const string ContentKey = "part";
    private const string ChecksumKey = "xxh3_128";

    private readonly string _format;
    private readonly IReadOnlyDictionary<string, string> _identity;

    private PartsFolder(string path, string format, IReadOnlyDictionary<string, string> identity)
    {
        Path = path;
        _format = format;
        _identity = identity;
    }

    /// <summary>Where the parts are: the output's name with <c>.parts</c> behind it.</summary>
    public string Path { get; }

    /// <summary>Parts that are finished.</summary>
    public int Count => Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "*.json").Count(file => System.IO.Path.GetFileName(file) != FolderManifest.FileName) : 0;

    /// <summary>Looks for parts of an earlier run.</summary>
    /// <param name="output">The folder that the run will write.</param>
    /// <param name="format">The format of such parts.</param>
    /// <param name="identity">Everything that the parts depend on, by a name for people: digests or values.</param>
    /// <param name="resume">Whether parts that are there are to be used.</param>
    /// <exception cref="KindredException">There are parts and they are not to be used, or they are of another run.</exception>
    public static PartsFolder Open(string output, string format, IReadOnlyDictionary<string, string> identity, bool resume)
    {
        var parts = new PartsFolder(TemporaryName.Normalise(output) + Suffix, format, identity);
        if (!Directory.Exists(parts.Path)) return parts;
        if (!resume)
        {
            throw new KindredException(ErrorKind.Output, FormattableString.Invariant(
                $"{parts.Path} holds {parts.Count:N0} finished parts of a run that was stopped. Go on with that run by adding --resume, or remove the folder to begin anew."));
        }

        parts.RequireSameRun();
        return parts;
    }

    /// <summary>A finished part, or null if it is not finished or damaged.</summary>
    /// <param name="name">Which.</param>
    /// <param name="damaged">Whether there is such a part, but not as it was written: it has to be made again.</param>
    public JsonObject? Read(string name, out bool damaged)
    {
        damaged = false;
        var file = FileOf(name);
        if (!File.Exists(file)) return null;
        var part = Whole(OutputErrors.Guard(file, () => File.ReadAllBytes(file)));
        damaged = part is null;
        return part;
    }

    /// <summary>Keeps a part, with its checksum.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(string name, JsonObject part)
    {
        if (!Directory.Exists(Path)) Create();
        var file = FileOf(name);
        OutputErrors.Guard(file, () =>
        {
            File.WriteAllBytes(file + ".tmp", FolderManifest.Serialise(new JsonObject { [ChecksumKey] = Checksum(part), [ContentKey] = part.DeepClone() }));
            File.Move(file + ".tmp", file, overwrite: true);
        });
    }

    /// <summary>Deletes all parts: the output has them now.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path)) OutputErrors.Guard(Path, () => Directory.Delete(Path, recursive: true));
    }

    /// <summary>What a part's file holds; null where it is not JSON any more, or its checksum is another.</summary>
    internal static JsonObject? Whole(byte[] file)
    {
        try
        {
            var json = JsonNode.Parse(file) as JsonObject;
            return json?[ContentKey] is JsonObject part && json[ChecksumKey]?.ToString() == Checksum(part) ? part : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Checksum(JsonObject part) => Convert.ToHexStringLower(XxHash128.Hash(FolderManifest.Serialise(part)));

    private string FileOf(string name) => System.IO.Path.Combine(Path, name + ".json");

    private void Create()
    {
        using var folder = OutputFolder.Create(Path);
        var run = new JsonObject(_identity.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        FolderManifest.Describe(folder.Path, _format, 1, new JsonObject { [IdentityKey] = run }).Write(folder.Path);
        folder.Commit();
    }

    private void RequireSameRun()
    {
        const string Remedy = "Remove the folder to begin anew";
        var run = FolderManifest.Read(Path, _format, 1, Remedy).Content[IdentityKey] as JsonObject ?? [];
        var other = _identity.Where(pair => run[pair.Key]?.ToString() != pair.Value).Select(pair => pair.Key).ToArray();
        if (other.Length == 0) return;
        throw new KindredException(ErrorKind.BadInput,
            $"{Path} holds parts of another run, which cannot be gone on with: it differs in {string.Join(", ", other)}. " +
            "Repeat the command that was stopped exactly, with --resume; or remove the folder to begin anew; or choose another --out.");
    }
}
