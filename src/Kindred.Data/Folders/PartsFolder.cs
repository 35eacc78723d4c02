using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Data.Folders;

/// <summary>The finished parts of a long run, kept beside its output so that a stopped run can be resumed.</summary>
/// <remarks>The folder appears with its first part and is deleted when the output is whole. Every part appears whole or not at
/// all.</remarks>
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

    /// <summary>The folder of the parts: the output's name and <c>.parts</c>.</summary>
    public string Path { get; }

    /// <summary>The number of finished parts.</summary>
    public int Count => Directory.Exists(Path)
        ? Directory.EnumerateFiles(Path, "*.json").Count(file => System.IO.Path.GetFileName(file) != FolderManifest.FileName)
        : 0;

    /// <summary>Looks for parts of an earlier run.</summary>
    /// <param name="output">The folder that the run will write.</param>
    /// <param name="format">The format of such parts.</param>
    /// <param name="identity">Everything that the parts depend on, as digests or values by a name for people.</param>
    /// <param name="resume">True to use existing parts.</param>
    /// <exception cref="KindredException">There are parts and the run is not to be resumed, or they are of another run.</exception>
    public static PartsFolder Open(string output, string format, IReadOnlyDictionary<string, string> identity, bool resume)
    {
        var parts = new PartsFolder(TemporaryName.Normalise(output) + Suffix, format, identity);
        if (!Directory.Exists(parts.Path)) return parts;
        if (!resume)
        {
            throw new KindredException(ErrorKind.Output, "unfinished_run",
                FormattableString.Invariant($"{parts.Path} holds {parts.Count:N0} finished parts of a run that was stopped."),
                "Resume that run, or remove the folder to start over.")
            {
                Values = new Dictionary<string, object?> { ["folder"] = parts.Path, ["parts"] = parts.Count },
            };
        }

        parts.RequireSameRun();
        return parts;
    }

    /// <summary>Reads a finished part; null if it is not finished or damaged.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="damaged">True if the part is there but damaged, so that it has to be made again.</param>
    public JsonObject? Read(string name, out bool damaged)
    {
        damaged = false;
        var file = FileOf(name);
        if (!File.Exists(file)) return null;
        var part = Whole(OutputErrors.Guard(file, () => File.ReadAllBytes(file)));
        damaged = part is null;
        return part;
    }

    /// <summary>Writes a part with its checksum.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(string name, JsonObject part)
    {
        if (!Directory.Exists(Path)) Create();
        var file = FileOf(name);
        OutputErrors.Guard(file, () =>
        {
            InPlace.ReplaceFile(file,
                FolderManifest.Serialise(new JsonObject { [ChecksumKey] = Checksum(part), [ContentKey] = part.DeepClone() }));
        });
    }

    /// <summary>Deletes all parts, once the output holds them.</summary>
    public void Delete()
    {
        if (!Directory.Exists(Path)) return;
        OutputErrors.Guard(Path, () =>
        {
            // Renamed first: a folder that is deleted in part must not look like one to resume.
            var aside = TemporaryName.Of(Path);
            Directory.Move(Path, aside);
            Directory.Delete(aside, recursive: true);
            Durable.SyncFolder(System.IO.Path.GetDirectoryName(Path)!);
        });
    }

    /// <summary>Reads the part in a file; null if it is not JSON or its checksum differs.</summary>
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
        const string Remedy = "Remove the folder to start over";
        var run = FolderManifest.Read(Path, _format, 1, Remedy).Content[IdentityKey] as JsonObject ?? [];
        var other = _identity.Where(pair => run[pair.Key]?.ToString() != pair.Value).Select(pair => pair.Key).ToArray();
        if (other.Length == 0) return;
        throw new KindredException(ErrorKind.BadInput, "parts_of_another_run",
            $"{Path} holds parts of another run, which cannot be resumed here: it differs in {string.Join(", ", other)}.",
            "Resume the stopped run with exactly the same settings; or remove the folder to start over; or choose another path.")
        {
            Values = new Dictionary<string, object?> { ["folder"] = Path, ["differs_in"] = other },
        };
    }
}
