using System.Security.Cryptography;
using System.Text;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that seed lists with hashed ids give the same results as lists with clear ids.</summary>
public sealed class HashedSeedTests : IDisposable
{
    private const string Salt = "s3cret-pepper";
    private readonly TemporaryFolder _folder = new();
    private readonly SmallWorld _world;
    private readonly string[] _hashed;

    public HashedSeedTests(SmallWorld world)
    {
        _world = world;
        _hashed = ["--seeds", Hashed(world.Seeds, "hashed.csv"), "--id-hash", "sha256", "--id-salt-file", _folder.Text("salt", Salt + "\n")];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models_have_the_same_bytes_and_do_not_contain_the_salt()
    {
        var run = Invocation.Good(["train", "--population", _world.Population, .. _hashed, "--out", _folder["models"]]);
        Assert.Equal(FolderContents.Of(_world.Models), FolderContents.Of(_folder["models"]));
        Assert.DoesNotContain(Salt, run.Output + run.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder["models"], "*", SearchOption.AllDirectories))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Salt)));
        }
    }

    [Fact]
    public void Audiences_measurements_and_checks_are_the_same()
    {
        string[] clear = ["--seeds", _world.Seeds];
        foreach (var seeds in new[] { clear, _hashed })
        {
            Invocation.Good(["expand", "--population", _world.Population, .. seeds, "--weight-by", "clicks", "--size", "1%", "--out", _folder[$"audiences-{seeds.Length}"]]);
        }

        Assert.Equal(FolderContents.Of(_folder["audiences-2"]), FolderContents.Of(_folder["audiences-6"]));
        var holdout = string.Concat(_world.SeedsOf.SelectMany(list => list.Value.Take(6).Select(user => $"{list.Key},{user}\n")));
        var (held, heldHashed) = (_folder.Text("holdout.csv", "seed_list_id,user_id\n" + holdout), _folder["holdout-hashed.csv"]);
        Hashed(held, "holdout-hashed.csv");
        foreach (var command in new[] { "check --output json", "inspect --output json", "reach --method centroid --folds 2 --output json" })
        {
            Assert.Equal(Run(command, clear).Output, Run(command, _hashed).Output.Replace(_hashed[1], _world.Seeds, StringComparison.Ordinal));
        }

        Assert.Equal(Run($"evaluate --method centroid --holdout {held} --output json", clear).Output, Run($"evaluate --method centroid --holdout {heldHashed} --output json", _hashed).Output);
        Assert.NotEqual(Run("evaluate --method centroid --output json", clear).Output, Run($"evaluate --method centroid --holdout {held} --output json", clear).Output);

        Invocation Run(string command, string[] seeds) => Invocation.Good([.. command.Split(' '), "--population", _world.Population, .. seeds]);
    }

    [Fact]
    public void Hashed_exclusions_equal_clear_ones_with_seeds_and_with_trained_models()
    {
        string[] gone = [.. _world.People.Where((_, i) => i % 7 == 3).Select(person => person.Id)];
        string[] more = [.. _world.People.Where((_, i) => i % 11 == 3).Select(person => person.Id)];
        var clear = _folder.Text("gone.csv", "user_id\n" + string.Concat(gone.Select(id => id + "\n")) + "stranger\n");
        var both = _folder.Text("both.csv", "user_id\n" + string.Concat(gone.Union(more).Select(id => id + "\n")) + "stranger\n");
        var hashed = _folder.Text("gone-hashed.csv", "user_id\n" + string.Concat(gone.Append("stranger").Select(id => HashOf(id) + "\n")));
        var rest = _folder.Text("more.csv", "user_id\n" + string.Concat(more.Select(id => id + "\n")));
        string[] expand = ["expand", "--population", _world.Population, "--size", "5%"];
        string[] trained = ["--models", _world.Models, .. _hashed[2..]];
        Assert.Equal(Made([.. expand, "--models", _world.Models, "--exclude", clear]), Made([.. expand, .. trained, "--exclude-hashed", hashed]));
        Assert.Equal(Made([.. expand, "--models", _world.Models, "--exclude", both]), Made([.. expand, .. trained, "--exclude-hashed", hashed, "--exclude", rest]));
        Assert.Equal(Made([.. expand, "--seeds", _world.Seeds, "--exclude", clear]), Made([.. expand, .. _hashed, "--exclude-hashed", hashed]));
        string[] own = ["--exclude-hashed", hashed, "--exclude-id-hash", "sha256", "--exclude-id-salt-file", _hashed[5]];
        Assert.Equal(Made([.. expand, "--seeds", _world.Seeds, "--exclude", clear]), Made([.. expand, "--seeds", _world.Seeds, .. own]));
        Assert.Equal(Made([.. expand, "--models", _world.Models, "--exclude", clear]), Made([.. expand, "--models", _world.Models, .. own]));
        var salted = Invocation.Of([.. expand, "--models", _world.Models, "--exclude", rest, .. own[..^1], _folder.Text("other-salt", "an0ther"), "--out", _folder["never"]]);
        Assert.Equal(ExitCode.BadInput, salted.Code);
        Assert.Contains($"None of the {gone.Length + 1} users to exclude in {hashed} is in the population", salted.Error, StringComparison.Ordinal);
        Assert.NotEqual(Made([.. expand, "--models", _world.Models]), Made([.. expand, "--models", _world.Models, "--exclude", clear]));
        var run = Invocation.Good([.. expand, .. trained, "--exclude-hashed", hashed, "--out", _folder["told"]]);
        Assert.Contains($"Excluding {gone.Length} users.", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 more ids to exclude are not in the population.", run.Error, StringComparison.Ordinal);

        SortedDictionary<string, string> Made(string[] arguments)
        {
            Invocation.Good([.. arguments, "--out", _folder["made"], "--replace"]);
            return FolderContents.Of(_folder["made"]);
        }
    }

    [Fact]
    public void Tuning_uses_the_matched_sizes_of_hashed_lists()
    {
        DailyWorld.CopyFolder(_world.Population, _folder["population"]);
        string[] tune = ["tune", "--population", _folder["population"], "--lists", "10", "--folds", "2", "--output", "json", "--replace", "--quiet"];
        var clear = Invocation.Good([.. tune, "--seeds", _world.Seeds]).Output;
        Assert.Equal(clear, Invocation.Good([.. tune, .. _hashed]).Output);
    }

    [Fact]
    public void An_unhashed_id_is_not_shown_and_the_likely_hash_function_is_named()
    {
        var clear = _folder.Text("clear.csv", "user_id\nanna@example.org\n");
        var run = Invocation.Of("train", "--population", _world.Population, "--seeds", clear, "--out", _folder["models"], "--id-hash", "sha256");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("line 2, column 'user_id': the id of 16 bytes is not a valid SHA-256 hash", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", run.Error, StringComparison.Ordinal);
        run = Invocation.Of("train", "--population", _world.Population, "--seeds", _hashed[1], "--out", _folder["models"], "--id-hash", "md5");
        Assert.Contains("It looks like SHA-256: choose that function if all ids are such hashes.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_salt_matches_no_user_and_the_error_shows_neither_salt()
    {
        _folder.Text("salt", "an0ther");
        var run = Invocation.Of(["train", "--population", _world.Population, .. _hashed, "--out", _folder["models"]]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("None of the 1,891 seeds", run.Error, StringComparison.Ordinal);
        Assert.Contains("The salt may differ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("an0ther", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    [Theory]
    [InlineData("train --population {population} --seeds {seeds} --out {out} --id-salt-file salt", 2, "--id-salt-file needs --id-hash. Add it, as in --id-hash sha256.")]
    [InlineData("train --population {population} --seeds {seeds} --out {out} --id-hash sha512", 2, "'sha512'")]
    [InlineData("train --population {population} --seeds {seeds} --out {out} --id-hash sha256", 42, "is not a valid SHA-256 hash")]
    [InlineData("train --population {population} --seeds {seeds} --out {out} --id-hash sha256 --id-salt-file no-such-file", 42, "no-such-file: the salt file cannot be read")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {out} --id-hash sha256", 2, "--id-hash has no effect")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {out} --exclude-hashed {seeds}", 2, "--exclude-hashed needs --exclude-id-hash")]
    [InlineData("expand --population {population} --models {models} --size 1% --out {out} --exclude-hashed {seeds} --id-hash md5", 42, "is not a valid MD5 hash")]
    [InlineData("tune --population {population} --id-hash md5", 2, "it needs --seeds")]
    [InlineData("check --population {population} --seeds {seeds} --most-share 1.5", 2, "--most-share is 1.5")]
    [InlineData("check --population {population} --seeds {seeds} --country XX", 42, "'XX'")]
    [InlineData("check --population {population} --seeds {seeds} --seed-list nobody", 42, "no seed list 'nobody'")]
    public void Wrong_requests_are_explained(string command, int code, string message)
    {
        string[] arguments = [.. command.Replace("{population}", _world.Population, StringComparison.Ordinal).Replace("{seeds}", _world.Seeds, StringComparison.Ordinal)
            .Replace("{models}", _world.Models, StringComparison.Ordinal).Replace("{out}", _folder["out"], StringComparison.Ordinal).Split(' ')];
        var run = Invocation.Of(arguments);
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void Check_explains_each_option_and_shows_examples()
    {
        var run = Invocation.Good("check", "--help");
        Assert.Contains("  kindred check --population population --seeds seeds.csv", run.Output, StringComparison.Ordinal);
        Assert.Contains("42", run.Output, StringComparison.Ordinal);
        foreach (var option in "--population --seeds --seed-list --id-hash --id-salt-file --weight-by --minimum-seeds --most-share --strict --country --threads --output --quiet".Split(' '))
        {
            Assert.Matches($@"(?m)^  (-q, )?{option}\b.{{20,}}", run.Output);
        }

        Assert.Matches(@"(?m)^  check  ", Invocation.Good("--help").Output);
    }

    [Fact]
    public void Training_summarises_the_findings_of_check()
    {
        var rows = Csv.Read(_world.Seeds).Select(row => (List: row["seed_list_id"], User: row["user_id"])).ToArray();
        var seeds = _folder.Text("mixed.csv", "seed_list_id,user_id\n" + string.Concat(rows.Select(row => $"{row.List},{row.User}\n"))
            + string.Concat(rows.Where(row => row.List == "advertiser-06").Select(row => $"copy,{row.User}\n"))
            + string.Concat(rows.Where(row => row.List == "advertiser-05").Select(row => $"shouted,{row.User.ToUpperInvariant()}\n"))
            + string.Concat(_world.People.Take(900).Select(person => $"wide,{person.Id}\nwide,{person.Id}\n")));
        var run = Invocation.Good("train", "--population", _world.Population, "--seeds", seeds, "--skip-small", "--method", "centroid", "--out", _folder["models"]);
        var notes = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(notes.Length, 3, 6);
        Assert.Contains("9 seed lists of 4,068 seeds, 3,591 of them in the population (88.3%); 900 rows repeat a user of their list and count once.", notes[0], StringComparison.Ordinal);
        Assert.Contains("shouted: 0 of 477 users are in the population. The others look like A#######, the population's like a#######. 477 of 477 tested ids match if letter case is ignored.", notes[1], StringComparison.Ordinal);
        Assert.Contains("wide holds 22.5% of the users: an audience similar to nearly all users is not specific. copy has the same users as advertiser-06.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[uU]\d{7}", run.Error);
    }

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + id)));

    private string Hashed(string file, string name)
    {
        var lines = File.ReadAllLines(file);
        var at = Array.IndexOf(lines[0].Split(','), "user_id");
        return _folder.Text(name, lines[0] + "\n" + string.Concat(lines.Skip(1).Select((line, i) =>
        {
            var cells = line.Split(',');
            var hash = HashOf(cells[at]);
            cells[at] = (i % 3) switch { 0 => hash, 1 => hash.ToUpperInvariant(), _ => Convert.ToBase64String(Convert.FromHexString(hash)) };
            return string.Join(',', cells) + "\n";
        })));
    }
}
