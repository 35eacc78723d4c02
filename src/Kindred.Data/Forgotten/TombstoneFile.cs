using System.Text.Json;
using Kindred.Data.Folders;

namespace Kindred.Data.Forgotten;

/// <summary>Tombstones as a JSON file: an entry is 8 hexadecimal digits of the user's hash and 64 of the user's digest.</summary>
internal static class TombstoneFile
{
    private const string Format = "kindred-tombstones";
    private const int FormatVersion = 1;
    private const string Remedy = "Put the last copy of the file back: without it, forgotten users come back with the next import";

    public static Tombstones Read(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) return Tombstones.Empty;
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            return Read(json.RootElement, path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Damaged(path, "it is not the JSON that Kindred writes", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FolderErrors.Unreadable(path, error);
        }
    }

    public static void Write(string path, Tombstones tombstones) => InPlace.ReplaceFile(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("digest", tombstones.Digest);
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteStartArray("users");
            for (var i = 0; i < tombstones.Count; i++)
            {
                json.WriteStringValue(Convert.ToHexStringLower(tombstones.Entries.Slice(i * Tombstones.EntryBytes, Tombstones.EntryBytes)));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    });

    private static Tombstones Read(JsonElement json, string path)
    {
        var format = json.GetProperty("format").GetString();
        if (format != Format) throw Damaged(path, $"its format is '{format}' and not '{Format}'");
        var version = json.GetProperty("formatVersion").GetInt32();
        if (version != FormatVersion) throw FolderErrors.NewerVersion(path, version, $"{FormatVersion}");

        var users = json.GetProperty("users");
        var entries = new byte[users.GetArrayLength() * Tombstones.EntryBytes];
        var number = 0;
        foreach (var user in users.EnumerateArray())
        {
            var entry = Convert.FromHexString(user.GetString() ?? "");
            var at = number++ * Tombstones.EntryBytes;
            if (entry.Length != Tombstones.EntryBytes) throw Damaged(path, $"user {number} has {entry.Length} bytes");
            entry.CopyTo(entries, at);
            if (at > 0 && entries.AsSpan(at - entry.Length, entry.Length).SequenceCompareTo(entry) >= 0)
            {
                throw Damaged(path, $"user {number} is out of order");
            }
        }

        var read = new Tombstones(entries);
        return read.Digest == json.GetProperty("digest").GetString() ? read : throw Damaged(path, "its users are not those of its digest");
    }

    private static KindredException Damaged(string path, string how, Exception? inner = null) =>
        new(ErrorKind.Corrupt, "damaged_tombstones", $"{path} is damaged: {how}.", $"{Remedy}.", inner)
        {
            Values = new Dictionary<string, object?> { ["file"] = path },
        };
}
