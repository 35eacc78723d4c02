using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Tables;

namespace Kindred.Cli.Tests;

/// <summary>A row of an audience file.</summary>
public sealed record AudienceRow(string UserId, float Score, long Rank);

/// <summary>The threshold of one size, from the manifest.</summary>
public sealed record SizeEntry(string Size, int Users, float Score, string LastUserId);

/// <summary>Reads a folder of audiences.</summary>
public static class AudienceFiles
{
    public static JsonNode Manifest(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!;

    /// <summary>The rows of each list, in file order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<AudienceRow>> Read(string folder) =>
        Manifest(folder)["audiences"]!.AsArray().ToDictionary(
            audience => audience!["seedListId"]!.GetValue<string>(),
            audience => Rows(Path.Combine(folder, audience!["file"]!.GetValue<string>())), StringComparer.Ordinal);

    /// <summary>The sizes of each list, in manifest order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SizeEntry>> Sizes(string folder) =>
        Manifest(folder)["audiences"]!.AsArray().ToDictionary(
            audience => audience!["seedListId"]!.GetValue<string>(),
            audience => (IReadOnlyList<SizeEntry>)[.. audience!["sizes"]!.AsArray().Select(size => new SizeEntry(
                size!["size"]!.GetValue<string>(), size["users"]!.GetValue<int>(),
                float.Parse(size["thresholdScore"]!.GetValue<string>(), CultureInfo.InvariantCulture), size["lastUserId"]!.GetValue<string>()))],
            StringComparer.Ordinal);

    public static IReadOnlyList<AudienceRow> Rows(string file)
    {
        using var table = TableReader.Open(file);
        Assert.Equal(["user_id", "score", "rank"], table.Columns);
        int user = table.Require("user_id"), score = table.Require("score"), rank = table.Require("rank");
        var rows = new List<AudienceRow>();
        while (table.Read()) rows.Add(new AudienceRow(Encoding.UTF8.GetString(table.Utf8(user)), (float)table.Number(score), (long)table.Number(rank)));
        return rows;
    }
}
