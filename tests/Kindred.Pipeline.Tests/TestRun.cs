using System.Globalization;
using System.Text;
using Kindred.Data.Populations;
using Kindred.Numerics;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.Pipeline.Tests;

/// <summary>A small population with many tied scores, seed lists, and daily runs on them.</summary>
public sealed class TestRun : IDisposable
{
    public const int Dimension = 4;

    private readonly TemporaryFolder _folder = new();

    /// <param name="users">The number of users.</param>
    /// <param name="shards">The number of shards of the population.</param>
    /// <param name="lists">The number of seed lists l00, l01, ….</param>
    /// <param name="settings">Lines of the settings file besides population, seeds and store.</param>
    public TestRun(int users = 1_200, int shards = 2, int lists = 6, string settings = "sizes: [2%, 40]\nbatch_lists: 4")
    {
        Users = MakeUsers(users, 1);
        WritePopulation(Users, shards);
        Lists = [.. Enumerable.Range(0, lists).Select(list => (Id: $"l{list:D2}", Seeds: SeedsFor(list)))];
        WriteSeeds();
        Settings(settings);
    }

    public string Population => _folder["population"];

    public string Store => _folder["runs"];

    public string SettingsFile => _folder["run.yaml"];

    public string Seeds => _folder["seeds.csv"];

    public TestPerson[] Users { get; private set; }

    public List<(string Id, string[] Seeds)> Lists { get; }

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes the settings file.</summary>
    public void Settings(string lines) => _folder.Text("run.yaml", $"population: population\nseeds: seeds.csv\nminimum_audience: 5\n{lines}\n");

    /// <summary>Writes a file into the folder of the settings.</summary>
    public void Write(string name, string text) => _folder.Text(name, text);

    /// <summary>Writes the file of seed lists.</summary>
    public void WriteSeeds() => _folder.Text("seeds.csv",
        "seed_list_id,user_id\n" + string.Concat(Lists.SelectMany(list => list.Seeds.Select(user => $"{list.Id},{user}\n"))));

    /// <summary>Runs as the command does.</summary>
    public RunOutcome Run(int threads = 2, string day = "2026-11-25", CancellationToken cancellation = default) =>
        new DailyRun(SettingsReader.Read(SettingsFile), threads, TimeProvider.System, NoWatcher.Instance).Run(DateOnly.Parse(day, CultureInfo.InvariantCulture), cancellation);

    /// <summary>Plans as the command does for workers.</summary>
    /// <returns>The path of the plan.</returns>
    public string PlanOnly(string day = "2026-11-25") =>
        new DailyRun(SettingsReader.Read(SettingsFile), 2, TimeProvider.System, NoWatcher.Instance).PlanOnly(DateOnly.Parse(day, CultureInfo.InvariantCulture)).PlanFile;

    /// <summary>The store.</summary>
    public RunStore Open() => RunStore.Open(Store);

    /// <summary>Replaces the population by other users in the same embedding space.</summary>
    public void WritePopulation(TestPerson[] users, int shards)
    {
        if (Directory.Exists(Population)) Directory.Delete(Population, recursive: true);
        Users = users;
        var matrix = new AlignedMatrix(users.Length, Dimension);
        for (var i = 0; i < users.Length; i++) users[i].Embedding.CopyTo(matrix.Row(i));
        var countries = users.Select(user => user.Country).Distinct().Order(StringComparer.Ordinal).ToArray();
        using var embeddings = new EmbeddingMatrix(matrix);
        PopulationSnapshot.Write(Population, new NewPopulation
        {
            Users = new UserTable(IdList.From(users.Select(user => user.Id)), countries, Array.ConvertAll(users, user => Array.IndexOf(countries, user.Country)),
                Array.ConvertAll(users, user => (byte)(user.Active ? 1 : 0)), new Dictionary<string, string?[]>()),
            Embeddings = embeddings,
            Activity = Array.ConvertAll(users, user => user.Activity),
            ActivityScale = new ActivityScale(2, 1),
            Recipe = new Dictionary<string, string> { ["embedding_space"] = "test" },
        }, shards);
    }

    /// <summary>Users in ordinal order of their ids. Embeddings have few distinct values, so that many users have the same score.</summary>
    public static TestPerson[] MakeUsers(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var users = new TestPerson[count];
        for (var i = 0; i < count; i++)
        {
            var embedding = new float[Dimension];
            foreach (ref var value in embedding.AsSpan()) value = random.NextInt32(3) - 1;
            users[i] = new TestPerson($"u{i:D5}", random.NextInt32(3) switch { 0 => "DE", 1 => "HU", _ => "RO" }, random.NextInt32(8) != 0, embedding, random.NextInt32(3));
        }

        return users;
    }

    private string[] SeedsFor(int list)
    {
        // Mostly users with one particular value in one dimension of their embedding, and some others.
        var random = new SeededRandom(100 + (ulong)list);
        return [.. Users.Where(user => random.NextInt32(20) < (user.Embedding[list % Dimension] == (list % 2 == 0 ? 1 : -1) ? 5 : 1)).Select(user => user.Id)];
    }

    private sealed class NoWatcher : IProgressReporter, IProgressStep
    {
        public static NoWatcher Instance { get; } = new();

        public void Note(FormattableString text)
        {
        }

        public IProgressStep Start(string work) => this;

        public void Report(double share)
        {
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A user of <see cref="TestRun"/>.</summary>
public sealed record TestPerson(string Id, string Country, bool Active, float[] Embedding, float Activity)
{
    public byte[] Utf8 => Encoding.UTF8.GetBytes(Id);
}
