[assembly: AssemblyFixture(typeof(Kindred.Privacy.Tests.Town))]

namespace Kindred.Privacy.Tests;

/// <summary>A synthetic world with two advertisers, made once for all tests: ann has three lists, bob has three.</summary>
public sealed class Town : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Town()
    {
        Invocation.Good("generate", "--users", "8000", "--seed-lists", "6", "--min-seeds", "100", "--max-seeds", "600", "--format", "csv",
            "--out", _folder["world"]);
        Invocation.Good("embed", "--interactions", World("interactions.csv"), "--users", World("users.csv"), "--dimension", "16", "--out",
            Population);
        Lists = Csv.Read(World("seeds.csv")).GroupBy(row => row["seed_list_id"], row => row["user_id"], StringComparer.Ordinal)
            .ToDictionary(list => list.Key, list => (IReadOnlyList<string>)[.. list], StringComparer.Ordinal);
        var rows = Csv.Read(World("users.csv")).ToArray();
        Users = [.. rows.Select(row => row["user_id"])];
        Active = [.. rows.Where(row => row["active"] == "1").Select(row => row["user_id"])];
        string[] names = [.. Lists.Keys.Order(StringComparer.Ordinal)];

        // Each advertiser has small and large lists.
        (OfAnn, OfBob) = ([names[0], names[2], names[4]], [names[1], names[3], names[5]]);
    }

    public string Population => _folder["population"];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; }

    public IReadOnlyList<string> Users { get; }

    public IReadOnlyList<string> Active { get; }

    public IReadOnlyList<string> OfAnn { get; }

    public IReadOnlyList<string> OfBob { get; }

    public IEnumerable<(string Owner, string List, IReadOnlyList<string> Users)> ListsOf(string owner) =>
        (owner == "ann" ? OfAnn : OfBob).Select(list => (owner, list, Lists[list]));

    public void Dispose() => _folder.Dispose();

    private string World(string file) => Path.Combine(_folder["world"], file);
}
