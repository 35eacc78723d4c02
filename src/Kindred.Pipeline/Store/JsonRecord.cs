using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>A record of JSON lines.</summary>
internal static class JsonRecord
{
    /// <summary>Adds lines to a record, and waits until they are on the disk.</summary>
    public static void Append(string path, IEnumerable<JsonObject> lines) =>
        RecordFile.Append(path, lines.Select(line => Encoding.UTF8.GetBytes(line.ToJsonString())));

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
