using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>An append-only file of JSON lines.</summary>
internal static class RecordFile
{
    /// <summary>Appends lines to a record and flushes them to the disk.</summary>
    public static void Append(string path, IEnumerable<JsonObject> lines) => OutputErrors.Guard(path, () =>
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // A line cut off by a crash must not corrupt the next one.
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }

        foreach (var line in lines) stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Reads the lines of a record; a last line cut off by a crash is left out.</summary>
    public static IEnumerable<JsonObject> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        foreach (var line in OutputErrors.Guard(path, () => File.ReadAllLines(path)))
        {
            JsonObject? json = null;
            try
            {
                json = StrictJson.Parse(Encoding.UTF8.GetBytes(line)) as JsonObject;
            }
            catch (JsonException)
            {
            }

            if (json is not null) yield return json;
        }
    }
}
