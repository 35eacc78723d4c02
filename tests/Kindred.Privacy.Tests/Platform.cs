using System.Text;
using System.Text.Json;
using Kindred.Pipeline.Store;

namespace Kindred.Privacy.Tests;

/// <summary>A platform with daily runs in a temporary folder, and its output as owners see it.</summary>
public sealed class Platform(Town town, params string[] settings) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Store => _folder["runs"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs once on one day's lists.</summary>
    public void Run(IEnumerable<(string Owner, string List, IReadOnlyList<string> Users)> lists)
    {
        // Deletions change the population.
        if (!Directory.Exists(_folder["population"])) CopyFolder(town.Population, _folder["population"]);
        var all = lists.ToArray();
        _folder.Text("seeds.csv", "seed_list_id,user_id\n"
            + string.Concat(all.SelectMany(list => list.Users.Select(user => $"{list.List},{user}\n"))));
        _folder.Text("targets.csv", "seed_list_id,owner\n" + string.Concat(all.Select(list => $"{list.List},{list.Owner}\n")));
        string[] lines =
        [
            "population: population", "seeds: [seeds.csv]", "targets: targets.csv", "publish_lists: csv", "publish_scores: true",
            .. settings, "",
        ];
        var file = _folder.Text("run.yaml", string.Join('\n', lines));
        Invocation.Good("run", file, "--date", "2026-11-30", "--allow-missing", "--quiet");
    }

    /// <summary>Everything that an owner sees of a version: pages, lists, and records of the owner's models, without folders and version
    /// numbers.</summary>
    public SortedDictionary<string, string> Seen(string owner, int number = 1)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["page"] = Invocation.Good("runs", "show", $"{number}", "--store", Store, "--owner", owner).Output.Split('\n', 2)[1],
        };
        var json = Invocation.Good("runs", "show", $"{number}", "--store", Store, "--owner", owner, "--output", "json").Json;
        (json["version"], json["previous"]) = (null, null);
        seen["json"] = json.ToJsonString();
        foreach (var file in Directory.EnumerateFiles(Lists(owner, number))) seen[Path.GetFileName(file)] = File.ReadAllText(file);

        // Output names, and keys that contain them, hash a whole batch. No owner sees them.
        foreach (var unit in RunVersion.Read(RunStore.Open(Store), number).Units.Where(unit => unit.Owner == owner))
        {
            seen["unit " + unit.List] = JsonSerializer.Serialize(
                unit with { Model = null, Members = null, Lists = null, ThresholdKey = "", MembersKey = "" });
        }

        return seen;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Show(string owner, params string[] more) =>
        Invocation.Good(["runs", "show", "--store", Store, "--owner", owner, .. more]).Output;

    /// <summary>A published list: user ids and scores, best first.</summary>
    public IReadOnlyList<(string User, double Score)> Audience(string owner, string list, int number = 1) =>
        [.. Csv.Read(Path.Combine(Lists(owner, number), list + ".csv"))
            .Select(row => (row["user_id"], double.Parse(row["score"], System.Globalization.CultureInfo.InvariantCulture)))];

    /// <summary>Files in the store that contain a text.</summary>
    public IEnumerable<string> FilesWith(string text) => Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private string Lists(string owner, int number) => Path.Combine(RunStore.Open(Store).VersionFolder(number), "lists", owner);
}
