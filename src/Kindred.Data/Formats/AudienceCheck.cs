using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Tables;

namespace Kindred.Data.Formats;

/// <summary>Checks a folder of audiences: the numbers of users, and the order by falling score and then by id.</summary>
internal static class AudienceCheck
{
    public static void Run(string folder, FolderManifest manifest, ProblemList problems)
    {
        var safe = manifest.Content["spreadsheetSafe"]?.GetValue<bool>() ?? false;
        foreach (var audience in manifest.Content["audiences"]?.AsArray() ?? [])
        {
            if (audience?["file"]?.ToString() is not { } name || audience["sizes"]?.AsArray() is not { } sizes) continue;
            var file = Path.Combine(folder, name);
            if (manifest.Files.All(listed => listed.Path != name))
            {
                var path = Path.Combine(folder, FolderManifest.FileName);
                problems.Add($"{path} names '{name}' as an audience, but does not list such a file");
                continue;
            }

            var users = sizes.Select(size => size?["users"]?.GetValue<long>() ?? 0).DefaultIfEmpty(0).Max();
            problems.Try(() => Check(file, users, safe, problems));
        }
    }

    private static void Check(string file, long users, bool spreadsheetSafe, ProblemList problems)
    {
        using var table = TableReader.Open(file);
        var (user, score, rank) = (table.RequireIds("user_id"), table.Require("score"), table.Require("rank"));
        var (rows, last, before) = (0L, double.PositiveInfinity, Array.Empty<byte>());
        while (table.Read())
        {
            rows++;
            var value = table.Number(score);
            var place = table.Number(rank);
            var id = spreadsheetSafe ? SpreadsheetText.Original(SpreadsheetText.Id(table, user)) : table.Id(user);
            if (place != rows || value > last || (value == last && before.AsSpan().SequenceCompareTo(id) >= 0))
            {
                problems.Add($"{file} is out of order at rank {rows:N0}: users go by falling score, then id, and ranks from 1 on");
                return;
            }

            (last, before) = (value, id.ToArray());
        }

        problems.Require(rows == users, $"{file} has {rows:N0} users, but the manifest says {users:N0}");
    }
}
