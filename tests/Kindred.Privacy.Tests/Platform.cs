using System.Text;
using System.Text.Json;
using Kindred.Pipeline.Store;

namespace Kindred.Privacy.Tests;

/// <summary>A platform that runs every day in a folder of its own, and what people see of it.</summary>
public sealed class Platform(Town town, params string[] settings) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Store => _folder["runs"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs once on the lists of this day.</summary>
    public void Run(IEnumerable<(string Owner, string List, IReadOnlyList<string> Users)> lists)
    {
        var all = lists.ToArray();
        _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(all.SelectMany(list => list.Users.Select(user => $"{list.List},{user}\n"))));
        _folder.Text("targets.csv", "seed_list_id,owner\n" + string.Concat(all.Select(list => $"{list.List},{list.Owner}\n")));
        var file = _folder.Text("run.yaml", string.Join('\n', [$"population: {town.Population}", "seeds: [seeds.csv]", "targets: targets.csv", "publish_lists: csv", "publish_scores: true", .. settings, ""]));
        Invocation.Good("run", file, "--date", "2026-11-30", "--quiet");
    }

    /// <summary>All that an owner sees of a version: pages, lists, and what the version keeps of his models. Folders and numbers of versions are left out.</summary>
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

        // Names of outputs, and keys that have them in, hash a whole batch; no owner is shown them.
        foreach (var unit in RunVersion.Read(RunStore.Open(Store), number).Units.Where(unit => unit.Owner == owner))
        {
            seen["unit " + unit.List] = JsonSerializer.Serialize(unit with { Model = null, Members = null, Lists = null, ThresholdKey = "", MembersKey = "" });
        }

        return seen;
    }

    public string Show(string owner, params string[] more) => Invocation.Good(["runs", "show", "--store", Store, "--owner", owner, .. more]).Output;

    /// <summary>A published list: user ids and scores, best first.</summary>
    public IReadOnlyList<(string User, double Score)> Audience(string owner, string list, int number = 1) =>
        [.. Csv.Read(Path.Combine(Lists(owner, number), list + ".csv")).Select(row => (row["user_id"], double.Parse(row["score"], System.Globalization.CultureInfo.InvariantCulture)))];

    /// <summary>Files below the store that hold a text.</summary>
    public IEnumerable<string> FilesWith(string text) => Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private string Lists(string owner, int number) => Path.Combine(RunStore.Open(Store).VersionFolder(number), "lists", owner);
}
