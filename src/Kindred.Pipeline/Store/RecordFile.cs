using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>A file of JSON lines that only grows.</summary>
internal static class RecordFile
{
    /// <summary>Adds lines to a record, on the disk when this returns.</summary>
    public static void Append(string path, IEnumerable<JsonObject> lines) => OutputErrors.Guard(path, () =>
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // A line that was cut off by a crash does not spoil the next one.
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }

        foreach (var line in lines) stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        stream.Flush(flushToDisk: true);
    });

    /// <summary>The lines of a record that can be read; a last one that was cut off by a crash is left out.</summary>
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
