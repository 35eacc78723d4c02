using Kindred.Cli.Tests.DailyRuns;

[assembly: AssemblyFixture(typeof(Kindred.Cli.Tests.SmallWorld))]

namespace Kindred.Cli.Tests;

/// <summary>A small world with its population, which the commands make once for all tests. Tests only read it.</summary>
public sealed class SmallWorld : IDisposable
{
    public const int UserCount = 4000;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<DailyWorld> _days;

    public SmallWorld()
    {
        _days = new Lazy<DailyWorld>(() => new DailyWorld(this));
        Invocation.Good("generate", "--users", "4000", "--seed-lists", "6", "--min-seeds", "60", "--format", "csv", "--out", World);
        Invocation.Good("embed", "--interactions", Interactions, "--users", Users, "--dimension", "16", "--out", Population);
        Invocation.Good("train", "--population", Population, "--seeds", Seeds, "--out", Models);
        People = [.. Csv.Read(Users).Select(row => new Person(row["user_id"], row["country"], row["active"] == "1"))];
        SeedsOf = Csv.Read(Seeds).GroupBy(row => row["seed_list_id"], row => row["user_id"], StringComparer.Ordinal)
            .ToDictionary(list => list.Key, list => list.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public string World => _folder["world"];

    public string Interactions => Path.Combine(World, "interactions.csv");

    public string Users => Path.Combine(World, "users.csv");

    public string Seeds => Path.Combine(World, "seeds.csv");

    public string Population => _folder["population"];

    public string Models => _folder["models"];

    public IReadOnlyList<Person> People { get; }

    public IReadOnlyDictionary<string, HashSet<string>> SeedsOf { get; }

    /// <summary>Stores of two days of daily runs on this world, made once on first use.</summary>
    public DailyWorld Days => _days.Value;

    public void Dispose()
    {
        if (_days.IsValueCreated) _days.Value.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A row of the small world's users file.</summary>
public sealed record Person(string Id, string Country, bool Active);
