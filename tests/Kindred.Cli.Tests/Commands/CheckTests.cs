using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred check</c> on small files, with the expected findings.</summary>
public sealed partial class CheckTests(CheckTests.Town town) : IClassFixture<CheckTests.Town>, IDisposable
{
    private const string Lists = "seed_list_id,user_id\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A population of users u01 to u60: odd ones in DE, even ones in HU; every tenth is inactive.</summary>
    public sealed class Town : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Town()
        {
            var interactions = _folder.Text("i.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(1, 60).SelectMany(u => Enumerable.Range(0, 3).Select(i => $"u{u:00},i{(u + i) % 9}\n"))));
            var users = _folder.Text("u.csv", "user_id,country,active\n" + string.Concat(Enumerable.Range(1, 60).Select(u => $"u{u:00},{(u % 2 == 1 ? "DE" : "HU")},{(u % 10 == 0 ? 0 : 1)}\n")));
            Invocation.Good("embed", "--interactions", interactions, "--users", users, "--dimension", "16", "--out", Population);
        }

        public string Population => _folder["population"];

        public void Dispose() => _folder.Dispose();
    }

    [Theory]
    // {a:1-9} expands to rows of list a with the users u01 to u09.
    [InlineData(Lists + "{a:1-10}", 0, """{ "good": true, "usable": 1, "users": 60, "rows": 10, "rejected": 0, "rejected_rows": [], "lists": [{ "seed_list_id": "a", "verdict": "usable", "users": 10, "repeated_rows": 0, "matched": 10, "unmatched": 0, "matched_by_country": { "DE": 5, "HU": 5 }, "seeds": 10, "inactive": 1, "same_users_as": null, "metrics": [] }], "overlaps": [], "overlap_sample": 1, "country": null }""")]
    [InlineData(Lists + "{a:1-10}{a:3-5}a,u03\n", 0, """{ "rows": 14, "rejected": 0, "lists": [{ "users": 10, "repeated_rows": 4, "matched": 10 }] }""")]
    [InlineData(Lists + "{a:1-4}{b:1-5}", 42, """{ "good": false, "usable": 1, "lists": [{ "seed_list_id": "a", "verdict": "too_small" }, { "seed_list_id": "b", "verdict": "usable" }] }""")]
    [InlineData(Lists + "{a:1-12}", 0, """{ "lists": [{ "verdict": "usable", "share_of_population": 0.2 }] }""")]
    [InlineData(Lists + "{a:1-13}", 42, """{ "good": false, "usable": 0, "lists": [{ "verdict": "too_broad" }] }""")]
    [InlineData(Lists + "{a:1-13}", 0, """{ "lists": [{ "verdict": "usable" }] }""", "--most-share", "0.5")]
    [InlineData(Lists + "{a:1-9}", 42, """{ "lists": [{ "verdict": "too_small", "matched": 9, "seeds": 4 }], "country": "HU", "users": 30 }""", "--country", "HU")]
    [InlineData(Lists + "{a:1-10}{b:1-10}c,u11\n", 42, """{ "lists": [{ "same_users_as": null }, { "same_users_as": "a" }, { "same_users_as": null }], "overlaps": [{ "first": "a", "second": "b", "shared": 10, "share_of_smaller": 1, "lift": 6 }] }""")]
    [InlineData(Lists + "{a:1-10}a,\n,u01\na, u02\na\na,u11 \n", 0, """{ "good": true, "rows": 15, "rejected": 5, "files": [{ "file": "{file}", "rows": 15, "rejected": 5 }], "rejected_rows": [{ "problem": "wrong_number_of_values", "rows": 1, "places": [{ "file": "{file}", "line": 15, "column": null }], "places_left_out": 0 }, { "problem": "empty_id", "rows": 2, "places": [{ "file": "{file}", "line": 12, "column": "user_id" }, { "line": 13, "column": "seed_list_id" }] }, { "problem": "space_around_id", "rows": 2, "places": [{ "line": 14 }, { "line": 16 }] }] }""")]
    [InlineData(Lists + "{a:1-10}a,\n", 42, """{ "good": false, "usable": 1, "rejected": 1 }""", "--strict")]
    [InlineData(Lists + "{a:1-10}", 0, """{ "good": true }""", "--strict")]
    [InlineData(Lists, 42, """{ "good": false, "usable": 0, "rows": 0, "files": [{ "rows": 0, "rejected": 0 }], "lists": [] }""")]
    [InlineData(Lists + "a,\n", 42, """{ "good": false, "rows": 1, "rejected": 1, "lists": [{ "verdict": "unmatched", "users": 0, "matched": 0 }] }""")]
    [InlineData(Lists + "{a:1-3}{b:1-10}", 0, """{ "usable": 1, "lists": [{ "seed_list_id": "b" }] }""", "--seed-list", "b")]
    [InlineData("user_id,clicks,ctr,note\n{1-10:,3,0.5,x}", 0, """{ "lists": [{ "metrics": [{ "column": "clicks", "kind": "count", "values": 10, "missing": 0, "bad": 0, "least": 3, "most": 3 }, { "column": "ctr", "kind": "rate", "least": 0.5, "most": 0.5 }] }] }""")]
    [InlineData("user_id,clicks\n{1-10:,3}{11-12:,-3}{13-13:,x}", 42, """{ "lists": [{ "users": 13, "metrics": [{ "values": 12, "bad": 3, "least": -3 }] }] }""")]
    [InlineData("user_id,clicks\n{1-10:,3}{11-12:,-3}{13-13:,x}", 0, """{ "rejected": 3, "rejected_rows": [{ "problem": "not_a_number", "rows": 1 }, { "problem": "negative_metric", "rows": 2 }], "lists": [{ "users": 10, "metrics": [{ "bad": 0 }] }] }""", "--weight-by", "clicks")]
    // Causes of unmatched users.
    [InlineData(Lists + "{A:1-9}", 42, """{ "lists": [{ "verdict": "unmatched", "unmatched": 9, "likely_cause": { "cause": "letter_case", "tried": 9, "explained": 9, "list_ids_look_like": "A##", "population_ids_look_like": "a##" } }] }""")]
    [InlineData(Lists + "{zeros:1-9}", 42, """{ "lists": [{ "likely_cause": { "cause": "leading_zeros", "tried": 9, "explained": 9 } }] }""")]
    [InlineData(Lists + "{hashed:1-9}", 42, """{ "lists": [{ "likely_cause": { "cause": "list_is_sha256", "explained": 9, "list_ids_look_like": "64 hexadecimal digits" } }] }""")]
    [InlineData(Lists + "{hashed:1-9}", 0, """{ "lists": [{ "verdict": "usable", "users": 9, "matched": 9 }] }""", "--id-hash", "sha256")]
    [InlineData(Lists + "{hashed:1-9}", 42, """{ "rows": 9, "rejected": 9, "rejected_rows": [{ "problem": "not_a_hash", "rows": 9 }], "lists": [{ "users": 0 }] }""", "--id-hash", "md5")]
    [InlineData(Lists + "{mail:1-9}{mail:70-99}", 42, """{ "lists": [{ "verdict": "unmatched", "users": 39, "likely_cause": { "cause": "email_addresses", "explained": 0, "list_ids_look_like": "aaaaaa##@aaaaaaa.aaa" } }] }""")]
    [InlineData(Lists + "{phone:1-9}{phone:70-99}", 42, """{ "lists": [{ "likely_cause": { "cause": "phone_numbers", "explained": 0 } }] }""")]
    [InlineData(Lists + "{number:1-9}{number:70-99}", 42, """{ "lists": [{ "likely_cause": { "cause": "other_ids", "explained": 0 } }] }""")]
    [InlineData(Lists + "{a:1-5}{a:70-90}", 0, """{ "lists": [{ "verdict": "usable", "matched": 5, "unmatched": 21, "likely_cause": { "cause": "other_users", "explained": 0 } }] }""")]
    public void Each_finding_is_in_the_report_and_decides_the_exit_code(string text, int code, string expected, params string[] options)
    {
        var file = _folder.Text("seeds.csv", Expand(text));
        string[] command = ["check", "--population", town.Population, "--seeds", file, "--minimum-seeds", "5", .. options];
        var run = Invocation.Of([.. command, "--output", "json"]);
        Assert.Equal((code, ""), (run.Code, run.Error));
        AssertHolds(JsonNode.Parse(expected.Replace("{file}", file, StringComparison.Ordinal))!, run.Json, "");

        var words = Invocation.Of(command);
        Assert.Equal((code, ""), (words.Code, words.Error));
        var lists = run.Json["lists"]!.AsArray().Count;
        var verdict = code == 0 ? "can be used." : lists == 0 ? "no seed list" : (int)run.Json["usable"]! == lists ? "--strict" : "cannot be used:";
        Assert.Contains(verdict, words.Output, StringComparison.Ordinal);
        AssertNoMember(file, run.Output + words.Output);
    }

    [Fact]
    public void A_file_with_one_broad_list_gets_a_hint_which_columns_could_name_lists()
    {
        var file = _folder.Text("seeds.csv", Expand("campaign,user_id,clicks\n") + string.Concat(Enumerable.Range(1, 60).Select(i => $"c{i % 3},u{i:00},1\n")));
        string[] check = ["check", "--population", town.Population, "--seeds", file, "--minimum-seeds", "5"];
        Assert.Contains($"{file} has no column 'seed_list_id', so it is one list. If one of its other columns names lists (campaign, clicks), name it with --seed-list-column.", Invocation.Of(check).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("so it is one list", Invocation.Of([.. check, "--seed-list-column", "campaign"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("so it is one list", Invocation.Of([.. check, "--most-share", "1"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_places_are_rows_in_Parquet_and_lines_in_text()
    {
        string[] users = [.. Enumerable.Range(1, 10).Select(i => $"u{i:00}"), ""];
        using (var writer = new ParquetSharp.ParquetFileWriter(_folder["seeds.parquet"], [new ParquetSharp.Column<string>("user_id")]))
        {
            using var group = writer.AppendRowGroup();
            using var column = group.NextColumn().LogicalWriter<string>();
            column.WriteBatch(users);
            writer.Close();
        }

        string Told(string file) => Invocation.Good("check", "--population", town.Population, "--seeds", file, "--minimum-seeds", "5").Output;
        Assert.Contains($"{_folder["seeds.parquet"]}, row 11, column 'user_id'", Told(_folder["seeds.parquet"]), StringComparison.Ordinal);
        var text = _folder.Text("seeds.csv", "user_id\n" + string.Concat(users[..^1].Select(user => user + "\n")) + "\"\"\n");
        Assert.Contains($"{text}, line 12, column 'user_id'", Told(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Email_addresses_are_no_cause_if_the_population_has_them_too()
    {
        var interactions = _folder.Text("i.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(10, 40).Select(u => $"a{u}@x.org,i{u % 9}\n")));
        Invocation.Good("embed", "--interactions", interactions, "--dimension", "16", "--out", _folder["population"]);
        var seeds = _folder.Text("seeds.csv", Expand(Lists + "{mail:1-9}"));
        var json = Invocation.Of("check", "--population", _folder["population"], "--seeds", seeds, "--output", "json").Json;
        Assert.Equal("other_ids", (string?)json["lists"]![0]!["likely_cause"]!["cause"]);
    }

    [Fact]
    public void A_cause_that_many_lists_share_is_reported_once()
    {
        string Hashed(int lists) => string.Concat(Enumerable.Range(1, lists).Select(list => Expand("{hashed:1-9}").Replace("hashed,", $"h{list:00},", StringComparison.Ordinal)));
        string Told(string text) => Invocation.Of("check", "--population", town.Population, "--seeds", _folder.Text("seeds.csv", Lists + text), "--minimum-seeds", "5").Output;

        var all = Told(Hashed(20));
        Assert.Contains("\nAll 20 lists: 0 of 180 users are in the population. The others look like 64 hexadecimal digits, the population's like a##. 180 of 180 tested ids match if", all, StringComparison.Ordinal);
        Assert.Single(all.Split("--id-hash sha256").Skip(1));
        var most = Told(Hashed(18) + Expand("{A:1-9}{a:1-10}"));
        Assert.Contains("\n18 of 20 lists: 0 of 162 users", most, StringComparison.Ordinal);
        Assert.Contains("\nA: 0 of 9 users are in the population.", most, StringComparison.Ordinal);
        Assert.Single(most.Split("--id-hash sha256").Skip(1));

        // A few lists are reported by name.
        Assert.Equal(2, Told(Hashed(2) + Expand("{a:1-10}")).Split("--id-hash sha256").Length - 1);
    }

    [Fact]
    public void Commands_that_read_lists_report_a_shared_cause_once()
    {
        var hashed = string.Concat(Enumerable.Range(1, 18).Select(list => Expand("{hashed:1-9}").Replace("hashed,", $"h{list:00},", StringComparison.Ordinal)));
        var seeds = _folder.Text("seeds.csv", Lists + hashed + Expand("{a:1-10}{b:11-20}"));
        var run = Invocation.Good("train", "--population", town.Population, "--seeds", seeds, "--minimum-seeds", "5", "--skip-small", "--method", "centroid", "--out", _folder["models"]);
        Assert.Contains("\n  18 of 20 lists: 0 of 162 users", run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Single(run.Error.Split("Set SHA-256 as the hash function of the ids").Skip(1));
        Assert.DoesNotContain("of which less than", run.Error, StringComparison.Ordinal);
    }

    private static string Expand(string text) => Rows().Replace(text, match =>
    {
        var (list, after) = (match.Groups["list"].Value, match.Groups["after"].Value);
        var (first, last) = (int.Parse(match.Groups["first"].Value), int.Parse(match.Groups["last"].Value));
        return string.Concat(Enumerable.Range(first, last - first + 1).Select(i => $"u{i:00}").Select(id => match.Groups["list"].Success ? $"{list},{Written(list, id)}\n" : $"{id}{after}\n"));
    });

    private static string Written(string list, string id) => list switch
    {
        "A" => id.ToUpperInvariant(),
        "zeros" => id.Replace("u0", "u00", StringComparison.Ordinal),
        "hashed" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))),
        "phone" => $"+36 30 {id[1..]}1 2345",
        "number" => $"9{id[1..]}012345",
        "mail" => $"person{id[1..]}@Example.com".ToLowerInvariant(),
        _ => id,
    };

    /// <summary>Asserts that the expected values are present; other values are ignored.</summary>
    private static void AssertHolds(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject keys:
                foreach (var (key, value) in keys)
                {
                    Assert.True(Assert.IsType<JsonObject>(actual).ContainsKey(key), $"{path}.{key} is missing in {actual}");
                    AssertHolds(value, actual![key], $"{path}.{key}");
                }

                break;
            case JsonArray values:
                Assert.True(values.Count == Assert.IsType<JsonArray>(actual).Count, $"{path} is {actual}");
                for (var i = 0; i < values.Count; i++) AssertHolds(values[i], actual![i], $"{path}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    private static void AssertNoMember(string file, string output)
    {
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            foreach (var id in line.Split(',').Select(cell => cell.Trim()).Where(cell => cell.Length > 2 && cell.Any(char.IsAsciiDigit) && !cell.StartsWith("0.", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain(id, output, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex(@"\{((?<list>[a-zA-Z]+):)?(?<first>\d+)-(?<last>\d+)(:(?<after>[^}]*))?\}")]
    private static partial Regex Rows();
}
