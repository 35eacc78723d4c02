using System.Security.Cryptography;
using System.Text;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>Tests that daily runs on hashed ids and renamed columns publish the same as runs on clear ids and default columns.</summary>
public sealed class HashedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallWorld _world;
    private readonly string[] _gone;

    public HashedRunTests(SmallWorld world)
    {
        _world = world;
        _gone = [.. world.People.Where((_, i) => i % 50 == 5).Select(person => person.Id)];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_and_look_ups_equal_those_of_clear_ids()
    {
        var clear = Run("clear", "", _world.Population, "seeds: clear/seeds.csv\nexclude: clear/gone.csv", "exclude: clear/few.csv", id => id, "user_id", "seed_list_id");
        var hashed = RunHashed("hashed", "s3cret");
        Assert.Equal(Members(clear), Members(hashed));
        Assert.NotEmpty(Members(clear));
        string[] ids = [.. _world.People.Take(300).Select(person => person.Id)];
        Assert.Equal(Invocation.Good(["lookup", .. ids, "--store", clear]).Output, Invocation.Good(["lookup", .. ids, "--store", hashed]).Output);
    }

    [Fact]
    public void Nothing_in_the_store_depends_on_the_salt_and_unknown_hashes_are_counted()
    {
        var (one, other) = (RunHashed("one", "s3cret"), RunHashed("other", "an0ther"));
        DailyWorld.AssertSame(one, other);
        Assert.DoesNotContain(Directory.EnumerateFiles(one, "*", SearchOption.AllDirectories), file => File.ReadAllBytes(file).AsSpan().IndexOf("s3cret"u8) >= 0);
        var json = Invocation.Good("runs", "show", "1", "--store", one, "--output", "json").Json;
        var list = json["lists"]!.AsArray().First(list => list!["list"]!.GetValue<string>() == "advertiser-01")!;
        Assert.Equal(1, list["given"]!.GetValue<int>() - list["matched"]!.GetValue<int>());
        Assert.Contains("Nothing has changed: version 000001", Invocation.Good("run", _folder["one.yaml"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id_salt_file: salt", "line 3, column 15: 'id_salt_file' belongs to 'id_hash'")]
    [InlineData("exclude_hashed: gone.csv", "line 3, column 17: 'exclude_hashed' needs 'id_hash'")]
    [InlineData("lists:\n  a: { exclude_hashed: gone.csv }", "'exclude_hashed' of list 'a' needs 'id_hash'")]
    [InlineData("id_hash: sha512", "'id_hash' is 'sha512'; it must be one of sha256, sha1, md5")]
    [InlineData("columns: { uid: user_id }", "there is no setting 'columns.uid'")]
    [InlineData("columns: { user_id: '' }", "'columns.user_id' must be a text")]
    [InlineData("exclude_id_salt_file: salt", "'exclude_id_salt_file' belongs to 'exclude_id_hash'")]
    public void Wrong_settings_of_hashes_and_columns_are_refused_before_any_input_is_read(string line, string message)
    {
        _folder.Text("gone.csv", "user_id\nu1\n");
        var run = Invocation.Of("run", _folder.Text("run.yaml", $"population: none\nseeds: gone.csv\n{line}\n"));
        Assert.NotEqual(ExitCode.Success, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["runs"]));
    }

    [Fact]
    public void Clear_seeds_combine_with_hashed_exclusions_and_forgetting_needs_no_salt()
    {
        var clear = Run("clear", "", _world.Population, "seeds: clear/seeds.csv\nexclude: clear/gone.csv", "exclude: clear/few.csv", id => id, "user_id", "seed_list_id");
        RunHashed("hashed", "s3cret");
        var settings = _folder.Text("mixed.yaml", $"""
            population: population
            store: mixed-store
            method: centroid
            publish_lists: csv
            seeds: clear/seeds.csv
            exclude_hashed: mixed/gone.csv
            exclude_id_hash: sha256
            exclude_id_salt_file: hashed.salt
            lists:
              advertiser-02: {"{"} exclude: clear/few.csv {"}"}
            """);
        Directory.CreateDirectory(_folder["mixed"]);
        File.WriteAllText(_folder["mixed/gone.csv"], File.ReadAllText(_folder["hashed/gone.csv"]).Replace("uid", "user_id", StringComparison.Ordinal));
        DailyWorld.CopyFolder(_world.Population, _folder["population"]);
        Invocation.Good("run", settings, "--quiet");
        Assert.Equal(Members(clear), Members(_folder["mixed-store"]));

        File.Delete(_folder["hashed.salt"]);
        Invocation.Good("forget", "u0000017", "--settings", settings);
        var run = Invocation.Of("run", settings);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("hashed.salt: the salt file cannot be read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_salt_from_a_pipe_is_read_once_and_a_missing_salt_ends_the_run_before_any_output()
    {
        var store = RunHashed("one", "s3cret");
        var piped = _folder.Text("piped.yaml", File.ReadAllText(_folder["one.yaml"]).Replace("one.salt", "/dev/stdin", StringComparison.Ordinal).Replace("one-store", "piped-store", StringComparison.Ordinal));
        var run = KindredProcess.Piped("s3cret\n"u8.ToArray(), "run", piped, "--quiet");
        Assert.True(run.Code == ExitCode.Success, run.Error);
        DailyWorld.AssertSame(store, _folder["piped-store"]);

        var made = _folder.Text("made.yaml", $"population: {"{"} folder: population, interactions: {_world.Interactions}, dimension: 16 {"}"}\nseeds: {_world.Seeds}\nid_hash: sha256\nid_salt_file: no-salt\n");
        Assert.Contains("no-salt: the salt file cannot be read", Invocation.Of("run", made).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["population"]));
    }

    [Fact]
    public void A_version_counts_unknown_hashes_like_a_new_store()
    {
        var store = RunHashed("one", "s3cret");
        File.AppendAllText(_folder["one/seeds.csv"], string.Concat(Enumerable.Range(0, 500).Select(i => $"advertiser-01,{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"somebody else {i}")))}\n")));
        Invocation.Good("run", _folder["one.yaml"], "--quiet");
        var list = Invocation.Good("runs", "show", "2", "--store", store, "--output", "json").Json["lists"]!.AsArray().First(list => list!["list"]!.GetValue<string>() == "advertiser-01")!;
        Assert.Equal(501, list["given"]!.GetValue<int>() - list["matched"]!.GetValue<int>());

        // Also on a day when the list is not due.
        File.AppendAllText(_folder["one.yaml"], "schedule: mon\n");
        File.AppendAllText(_folder["one/seeds.csv"], string.Concat(Enumerable.Range(0, 500).Select(i => $"advertiser-01,{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"a stranger {i}")))}\n")));
        Invocation.Good("run", _folder["one.yaml"], "--date", "2026-08-04", "--quiet");
        list = Invocation.Good("runs", "show", "3", "--store", store, "--output", "json").Json["lists"]!.AsArray().First(list => list!["list"]!.GetValue<string>() == "advertiser-01")!;
        Assert.Equal((1001, true), (list["given"]!.GetValue<int>() - list["matched"]!.GetValue<int>(), list["kept"]!.GetValue<bool>()));
    }

    [Fact]
    public void A_population_is_made_from_renamed_columns()
    {
        var interactions = Renamed(_world.Interactions, "interactions.csv", ("user_id", "uid"), ("item_id", "sku"));
        var users = Renamed(_world.Users, "users.csv", ("user_id", "uid"), ("country", "land"));
        var seeds = Renamed(_world.Seeds, "seeds.csv", ("user_id", "uid"));
        var settings = _folder.Text("made.yaml", $"""
            population: {"{"} folder: population, interactions: {interactions}, users: {users}, dimension: 16 {"}"}
            columns: {"{"} user_id: uid, item_id: sku, country: land {"}"}
            seeds: {seeds}
            method: centroid
            """);
        Invocation.Good("run", settings, "--quiet");
        FolderContents.AssertSame(_world.Population, _folder["population"]);

        // Column names of seed lists do not affect embeddings. Errors about a missing column use the words of the settings file.
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("country: land }", "country: land, seed_list_id: seed_list_id }", StringComparison.Ordinal));
        Assert.DoesNotContain("Making the population", Invocation.Good("run", settings).Error, StringComparison.Ordinal);
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("user_id: uid,", "user_id: person,", StringComparison.Ordinal));
        Assert.Contains($"In {settings} 'columns' sets the names of columns, as in 'columns: {"{"} user_id: NAME {"}"}'", Invocation.Of("run", settings).Error, StringComparison.Ordinal);
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("user_id: person, item_id: sku,", "user_id: uid, item_id: skus,", StringComparison.Ordinal));
        Assert.Contains("as in 'columns: { item_id: sku }'", Invocation.Of("run", settings).Error, StringComparison.Ordinal);
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("item_id: skus,", "item_id: sku,", StringComparison.Ordinal) + "\nweight_by: [click]\n");
        var metric = Invocation.Of("run", settings).Error;
        Assert.Contains("no column 'click'", metric, StringComparison.Ordinal);
        Assert.DoesNotContain("'columns' sets", metric, StringComparison.Ordinal);
    }

    private string RunHashed(string name, string salt)
    {
        _folder.Text($"{name}.salt", salt);
        return Run(name, salt, _world.Population, $"seeds: {name}/seeds.csv\nexclude_hashed: {name}/gone.csv\nid_hash: sha256\nid_salt_file: {name}.salt\ncolumns: {"{"} user_id: uid, seed_list_id: campaign {"}"}",
            $"exclude_hashed: {name}/few.csv", id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + id))), "uid", "campaign");
    }

    private string Run(string name, string salt, string population, string inputs, string ofList, Func<string, string> written, string user, string list)
    {
        Directory.CreateDirectory(_folder[name]);
        _folder.Text($"{name}/seeds.csv", $"{list},{user}\nadvertiser-01,{written("stranger")}\n" + string.Concat(_world.SeedsOf.SelectMany(seeds => seeds.Value.Order(StringComparer.Ordinal).Select(id => $"{seeds.Key},{written(id)}\n"))));
        _folder.Text($"{name}/gone.csv", $"{user}\n" + string.Concat(_gone.Select(id => written(id) + "\n")));
        _folder.Text($"{name}/few.csv", $"{user}\n" + string.Concat(_world.People.Skip(40).Take(400).Select(person => written(person.Id) + "\n")));
        var settings = _folder.Text($"{name}.yaml", $"population: {population}\nstore: {name}-store\nmethod: centroid\npublish_lists: csv\n{inputs}\nlists:\n  advertiser-02: {"{"} {ofList} {"}"}\n");
        Invocation.Good("run", settings, "--quiet");
        return _folder[$"{name}-store"];
    }

    private static SortedDictionary<string, string> Members(string store) => FolderContents.Of(Path.Combine(store, "versions", "000001", "lists"));

    private string Renamed(string file, string name, params (string From, string To)[] columns)
    {
        var lines = File.ReadAllLines(file);
        lines[0] = string.Join(',', lines[0].Split(',').Select(column => columns.Where(pair => pair.From == column).Select(pair => pair.To).FirstOrDefault(column)));
        return _folder.Text(name, string.Join('\n', lines) + "\n");
    }
}
