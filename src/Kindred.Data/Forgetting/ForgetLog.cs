using System.Text.Encodings.Web;
using System.Text.Json;
using Kindred.Data.Folders;

namespace Kindred.Data.Forgetting;

/// <summary>The record that users were forgotten: one line of JSON each time. It never says whom.</summary>
public static class ForgetLog
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // The file is no web page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Adds a line, and waits until it is on the disk.</summary>
    /// <param name="path">The file; a new one if there is none.</param>
    /// <param name="entry">What was done.</param>
    /// <exception cref="KindredException">It cannot be written.</exception>
    public static void Append(string path, ForgetEntry entry) => OutputErrors.Guard(path, () =>
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry with { When = entry.When.ToUniversalTime() }, _json), (byte)'\n'];
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0);
        // A line that was cut off by a crash stays one line, and does not spoil this one.
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') line = [(byte)'\n', .. line];
        }

        stream.Write(line);
        stream.Flush(flushToDisk: true);
    });
}

/// <summary>One forgetting.</summary>
/// <param name="When">When it was done; written in UTC.</param>
/// <param name="By">Who did it: a person or a service, never one of the forgotten.</param>
/// <param name="Users">How many users it was asked for.</param>
/// <param name="Tombstones">The <see cref="Forgetting.Tombstones.Digest"/> afterwards.</param>
/// <param name="Rewritten">What was rewritten, in the words of the caller.</param>
public sealed record ForgetEntry(DateTimeOffset When, string By, int Users, string Tombstones, IReadOnlyList<string> Rewritten);
