using System.Text.Encodings.Web;
using System.Text.Json;
using Kindred.Data.Folders;

namespace Kindred.Data.Forgetting;

/// <summary>The log of forgotten users: one line of JSON each time users are forgotten. It never holds their ids.</summary>
public static class ForgetLog
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // The file is not a web page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Adds a line, and waits until it is on the disk.</summary>
    /// <param name="path">The file, which is created if there is none.</param>
    /// <param name="entry">What was done.</param>
    /// <exception cref="KindredException">It cannot be written.</exception>
    public static void Append(string path, ForgetEntry entry) =>
        RecordFile.Append(path, [JsonSerializer.SerializeToUtf8Bytes(entry with { When = entry.When.ToUniversalTime() }, _json)]);
}

/// <summary>One entry of the log.</summary>
/// <param name="When">The time; written in UTC.</param>
/// <param name="By">The person or service that did it.</param>
/// <param name="Users">The number of users to forget.</param>
/// <param name="Tombstones">The <see cref="Forgotten.Tombstones.Digest"/> afterwards.</param>
/// <param name="Rewritten">The rewritten files and folders, in the words of the caller.</param>
public sealed record ForgetEntry(DateTimeOffset When, string By, int Users, string Tombstones, IReadOnlyList<string> Rewritten);
