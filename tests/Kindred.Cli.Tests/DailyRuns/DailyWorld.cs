using System.Globalization;
using System.Text.Json.Nodes;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>Stores of undisturbed daily runs over two days, on the small world in two shards.</summary>
public sealed class DailyWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DailyWorld(SmallWorld world)
    {
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "2", "--shards", "2", "--out", _folder["population"]);
        string[][] seeds = [.. File.ReadLines(world.Seeds).Skip(1).Select(line => line.Split(','))];
        WriteSeeds(1, seeds);

        // Half of the lists change on the second day.
        WriteSeeds(2, seeds.Where((seed, i) => i % 11 > 0 || seed[0][^1] % 2 == 0));
        _folder.Text("gone.csv", "user_id\n" + string.Concat(world.People.Where((_, i) => i % 50 == 5).Select(person => person.Id + "\n")));
        CopyFolder(_folder["population"], PopulationOf(FirstDay));
        Invocation.Good("run", Settings(FirstDay, 1), "--allow-missing", "--quiet");
        CopyStore(FirstDay, SecondDay);
        Forgotten = seeds[0][1];
        Invocation.Good("forget", Forgotten, "--store", SecondDay);
        CopyStore(SecondDay, Halfway);
        Invocation.Good("run", Settings(SecondDay, 2), "--allow-missing", "--quiet");
        RunTasks(Plan(Halfway, 2), Halfway, ["train", "bracket", "score", "threshold"]);
    }

    /// <summary>A store after its first run.</summary>
    public string FirstDay => _folder["first"];

    /// <summary>The same store after a deletion and a second run, which carries over some models of the first day.</summary>
    public string SecondDay => _folder["second"];

    /// <summary>The store before the second run, with its plan and the outputs of all stages before publishing.</summary>
    public string Halfway => _folder["halfway"];

    /// <summary>The id of the deleted user.</summary>
    public string Forgotten { get; }

    /// <summary>The id of a known user.</summary>
    public static string KnownUser => "u0000017";

    public static int Day(string store) => store.Contains("first", StringComparison.Ordinal) ? 1 : 2;

    public void Dispose() => _folder.Dispose();

    /// <summary>Returns a new path for one test's store, with a population of its own: deletions change it.</summary>
    public string New(string name)
    {
        var store = _folder[$"{name}-{Guid.NewGuid():N}"];
        CopyFolder(_folder["population"], PopulationOf(store));
        return store;
    }

    /// <summary>Copies a store with its population.</summary>
    public string Copy(string store)
    {
        var copy = _folder[$"{Path.GetFileName(store)}-{Guid.NewGuid():N}"];
        CopyStore(store, copy);
        return copy;
    }

    /// <summary>The population of a store.</summary>
    public static string PopulationOf(string store) => store + "-population";

    /// <summary>Writes the settings of a run into a store.</summary>
    public string Settings(string store, int day) => _folder.Text(
        $"{Path.GetFileName(store)}-{day}.yaml",
        $"""
        population: {PopulationOf(store)}
        seeds: seeds-{day}.csv
        store: {store}
        exclude: [gone.csv]
        countries: [DE, HU]
        sizes: [2%, 40]
        batch_lists: 2
        sample_users: 1000
        publish_lists: csv
        warm_start: false
        training: {"{"} epochs: 4, hidden_from: 1000 {"}"}
        lists:
          advertiser-01: {"{"} owner: one, publish_lists: parquet, learn_from: everybody {"}"}
          advertiser-02: {"{"} owner: two, include_seeds: true, sizes: [5%] {"}"}

        """);

    public JsonObject Plan(string store, int day) => Invocation.Good("run", Settings(store, day), "--plan-only", "--output", "json", "--quiet").Json;

    public static IEnumerable<(string Stage, int Index)> Tasks(JsonObject plan) => plan["stages"]!.AsArray()
        .SelectMany(stage => Enumerable.Range(0, stage!["tasks"]!.GetValue<int>()).Select(index => (stage["stage"]!.GetValue<string>(), index)));

    public static string[] Work(JsonObject plan, string store, string stage, int index) =>
        ["worker", "--store", store, "--plan", plan["plan"]!.GetValue<string>(), "--stage", stage, "--index", index.ToString(CultureInfo.InvariantCulture)];

    /// <summary>The contents of a store without the records, which contain times, and where its population is.</summary>
    public static SortedDictionary<string, string> Contents(string store)
    {
        var contents = FolderContents.Of(store);
        foreach (var name in new[] { "log.jsonl", "exports.jsonl", "forgotten.jsonl", "LOCK", "population-folder" }) contents.Remove(name);
        return contents;
    }

    public static void AssertSame(string expected, string actual) => Assert.Equal(Contents(expected), Contents(actual));

    /// <summary>The names of finished outputs.</summary>
    public static string[] Finished(string store)
    {
        var objects = Path.Combine(store, "objects");
        return !Directory.Exists(objects) ? [] : [.. Directory.GetDirectories(objects).Where(path => File.Exists(Path.Combine(path, "manifest.json"))).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.')];
    }

    private static void RunTasks(JsonObject plan, string store, string[] stages)
    {
        foreach (var (stage, index) in Tasks(plan).Where(task => stages.Contains(task.Stage))) Invocation.Good(Work(plan, store, stage, index));
    }

    private void WriteSeeds(int day, IEnumerable<string[]> seeds) =>
        _folder.Text($"seeds-{day}.csv", "seed_list_id,user_id\n" + string.Concat(seeds.Select(seed => $"{seed[0]},{seed[1]}\n")));

    private static void CopyStore(string from, string to)
    {
        CopyFolder(from, to);
        CopyFolder(PopulationOf(from), PopulationOf(to));
        File.WriteAllText(Path.Combine(to, "population-folder"), $"../{Path.GetFileName(PopulationOf(to))}\n");
    }

    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
