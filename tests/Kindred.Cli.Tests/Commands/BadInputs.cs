namespace Kindred.Cli.Tests.Commands;

/// <summary>Good and bad inputs under the names that <see cref="BadInvocationTests"/> uses for them.</summary>
public sealed class BadInputs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallWorld _world;
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    public BadInputs(SmallWorld world)
    {
        _world = world;
        Scratch = _folder["scratch"];
        Directory.CreateDirectory(Scratch);
        AddGood();
        AddFiles();
        AddPopulations();
    }

    /// <summary>The folder that commands write to. Failing commands must not change anything in it.</summary>
    public string Scratch { get; }

    /// <summary>Returns the contents of <see cref="Scratch"/> before a case, after removing leftovers of an earlier failed case.</summary>
    public SortedDictionary<string, string> Before()
    {
        if (Directory.Exists(_paths["out"])) Directory.Delete(_paths["out"], recursive: true);
        return FolderContents.Of(Scratch);
    }

    /// <summary>Replaces the names in braces of a command line with paths.</summary>
    public string[] Arguments(string command) => [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Replace)];

    /// <summary>Replaces the names in braces of a text with paths.</summary>
    public string Replace(string text)
    {
        foreach (var (name, path) in _paths) text = text.Replace("{" + name + "}", path, StringComparison.Ordinal);
        return text;
    }

    public void Dispose() => _folder.Dispose();

    private void AddGood()
    {
        _paths["population"] = _world.Population;
        _paths["models"] = _world.Models;
        _paths["seeds"] = _world.Seeds;
        _paths["users"] = _world.Users;
        _paths["interactions"] = _world.Interactions;
        _paths["out"] = Path.Combine(Scratch, "out");
        _paths["existing"] = Path.Combine(Scratch, "existing");
        _paths["foreign"] = Path.Combine(Scratch, "foreign");
        _paths["file"] = Path.Combine(Scratch, "file");
        _paths["in-file"] = Path.Combine(Scratch, "file", "out");
        _paths["missing-parent"] = Path.Combine(Scratch, "no", "such", "out");
        Invocation.Good("expand", "--population", _world.Population, "--models", _world.Models, "--size", "10", "--out", _paths["existing"]);
        _paths["visited"] = Path.Combine(Scratch, "visited");
        Invocation.Good("expand", "--population", _world.Population, "--models", _world.Models, "--size", "10", "--out", _paths["visited"]);
        File.WriteAllText(Path.Combine(_paths["visited"], "notes.txt"), "mine");
        _paths["german-models"] = _folder["german-models"];
        Invocation.Good("train", "--population", _world.Population, "--seeds", _world.Seeds, "--country", "DE", "--minimum-seeds", "5", "--out", _paths["german-models"]);
        Directory.CreateDirectory(_paths["foreign"]);
        File.WriteAllText(Path.Combine(_paths["foreign"], "thesis.txt"), "mine");
        File.WriteAllText(_paths["file"], "mine too");
    }

    private void AddFiles()
    {
        var seeds = Csv.Read(_world.Seeds).ToArray();
        string Of(string list, int users) => string.Concat(seeds.Where(row => row["seed_list_id"] == list).Take(users).Select(row => $"{list},{row["user_id"]}\n"));
        const string Lists = "seed_list_id,user_id\n";
        Add("nothing.csv", "");
        Add("header.csv", "user_id\n");
        Add("customers.csv", "customer,segment\na,b\n");
        Add("few.csv", Lists + Of("advertiser-06", 40) + Of("advertiser-01", 24));
        Add("strangers.csv", Lists + string.Concat(Enumerable.Range(0, 300).Select(i => $"newsletter,{i}@example.com\n")));
        Add("metrics.csv", "user_id,visits,spend,name\n" + string.Concat(seeds.Take(50).Select((row, i) => $"{row["user_id"]},{i},{(i == 7 ? -3 : i)},{(i == 11 ? "lots" : i)}\n")));
        Add("ragged.csv", "seed_list_id,user_id\na,b\na,b,c\n");
        Add("holdout.csv", Lists + Of("advertiser-01", 6));
        Add("holdout-strangers.csv", Lists + string.Concat(_world.SeedsOf.Keys.Select(list => $"{list},nobody\n")));
        Add("parts.csv", "seed_list_id,part\nadvertiser-01,choose\nsomebody-else,report\n");
        Add("everybody.csv", "user_id\n" + string.Concat(_world.People.Skip(10).Select(person => person.Id + "\n")));
        Add("weights.csv", "user_id,item_id,weight\nu1,i1,1\nu1,i2,heavy\n");
        Add("unloved.csv", "user_id,item_id,weight\nu1,i1,0\nu2,i2,-1\n");
        Add("twice.csv", "user_id,country\nu1,HU\nu1,RO\n");
        Add("inactive.csv", "user_id,active\n" + string.Concat(_world.People.Select(person => person.Id + ",0\n")));
        Add("embedded.csv", "user_id,e0\na,1\nb,2\n");
        Add("actions.csv", "user_id,item_id\nu0000001,i1\nu0000002,i1\n");
        Add("truncated.csv.gz", "", file => File.WriteAllBytes(file, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x2C]));
        _paths["missing.csv"] = Path.Combine(_folder.Path, "missing.csv");
        _paths["missing"] = Path.Combine(_folder.Path, "missing");
    }

    private void AddPopulations()
    {
        _paths["corrupt"] = Copy(_world.Population, "corrupt");
        Flip(Path.Combine(_paths["corrupt"], "shard-00000", "embeddings.npy"));
        _paths["cut-models"] = Copy(_world.Models, "cut-models");
        using (var tensors = File.OpenWrite(Path.Combine(_paths["cut-models"], "models.safetensors"))) tensors.SetLength(tensors.Length - 10);
        _paths["edited"] = Copy(_world.Population, "edited");
        var manifest = Path.Combine(_paths["edited"], "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"users\": 4000", "\"users\": 4001", StringComparison.Ordinal));
        _paths["newer"] = Copy(_world.Population, "newer");
        manifest = Path.Combine(_paths["newer"], "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"formatVersion\": 1", "\"formatVersion\": 99", StringComparison.Ordinal));
        _paths["lost"] = Copy(_world.Population, "lost");
        File.Delete(Path.Combine(_paths["lost"], "shard-00000", "activity.npy"));

        _paths["other"] = _folder["other"];
        Invocation.Good("embed", "--interactions", _world.Interactions, "--users", _world.Users, "--dimension", "16", "--iterations", "1", "--seed", "5", "--out", _paths["other"]);
        _paths["asleep"] = _folder["asleep"];
        Invocation.Good("embed", "--interactions", _world.Interactions, "--users", _paths["inactive.csv"], "--dimension", "16", "--iterations", "1", "--out", _paths["asleep"]);
    }

    private void Add(string name, string text, Action<string>? write = null)
    {
        _paths[name] = _folder.Text(name, text);
        write?.Invoke(_paths[name]);
    }

    private string Copy(string from, string name)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder[name], Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return _folder[name];
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
