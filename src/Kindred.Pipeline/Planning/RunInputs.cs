using Kindred.Audiences;
using Kindred.Data.Forgetting;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Pipeline.Planning;

/// <summary>Takes the files of seed lists and of users to exclude into a store: by the population's ids, and without forgotten users.</summary>
/// <remarks>What came by ids is named by the bytes of its files, and not read again while they stay the same. What came by hashes depends on the
/// population and on a salt, on which nothing may depend that is written: it is read every time, and named by what is found.</remarks>
/// <param name="settings">The files and their columns.</param>
/// <param name="store">Where outputs are.</param>
/// <param name="forgotten">Permanently deleted users.</param>
/// <param name="threads">Threads that hash users.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class RunInputs(RunSettings settings, RunStore store, Tombstones forgotten, int threads, CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<string, string> _excludes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _strangers = new(StringComparer.Ordinal);
    private Population? _population;
    private readonly Dictionary<string, string> _fileHashes = new(StringComparer.Ordinal);

    /// <summary>The output that holds the seed lists.</summary>
    /// <param name="reading">Receives about how many bytes of memory reading takes, before it begins.</param>
    /// <param name="progress">Receives the share that is read.</param>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public string Seeds(Action<long>? reading, Action<double>? progress)
    {
        var metrics = settings.Lists.Values.Append(settings.Default).SelectMany(list => list.WeightBy).Distinct().Order(StringComparer.Ordinal).ToArray();
        var options = settings.Columns.OfSeedLists(metrics, settings.Hash?.Function);
        if (settings.Hash is { } hashing)
        {
            var lists = HashedSeedLists.Resolve(Read(), Population, hashing.Create(), threads, cancellation: cancellation);
            SeedList[] kept = [.. lists.Select(forgotten.Without).Where(list => list.Given > 0)];
            var found = new InputHash("seeds by hashes").Add(RunPlanner.Program).Add(metrics);
            foreach (var list in kept) found.Add(list.Id).Add(SeedTable.DigestOf(list)).Add(list.Duplicates).Add(list.Unknown);
            return Make($"seeds-{found}", folder => SeedTable.Write(folder, kept));
        }

        var hash = new InputHash("seeds").Add(RunPlanner.Program).Add(metrics).Add(forgotten.Digest).Add(options.UserColumn).Add(options.ListColumn).Add(options.RequiresListColumn ? 1 : 0);
        foreach (var file in settings.Seeds) hash.Add(Path.GetFileName(file)).Add(HashOf(file));
        return Make($"seeds-{hash}", folder => SeedTable.Write(folder, [.. Read().Select(forgotten.Without).Where(list => list.Users.Count > 0)]));

        IReadOnlyList<SeedList> Read()
        {
            reading?.Invoke(settings.Seeds.Sum(ReadingBytes));
            return SeedListReader.Read(settings.Seeds, options, progress is null ? null : new Reading(progress), cancellation);
        }
    }

    /// <summary>The outputs that hold the users to exclude from a list's audiences.</summary>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public IReadOnlyList<string> Exclude(ListSettings list)
    {
        var byIds = new[] { settings.Exclude, list.Exclude }.Where(files => files.Count > 0).Select(ById);
        var byHashes = new[] { settings.ExcludeHashed, list.ExcludeHashed }.Where(files => files.Count > 0).Select(ByHash);
        return [.. byIds.Concat(byHashes).Distinct()];
    }

    /// <summary>Whether a list's inputs can be right: enough of its seeds are in the population, and somebody of each kind of exclusions.</summary>
    /// <remarks>On days when a list is not due its model and thresholds stay, but its seeds and exclusions are those of the day: if these are broken, members would be too.</remarks>
    /// <param name="table">The lists.</param>
    /// <param name="list">One of them.</param>
    /// <param name="country">The country that its model learns from; null for everybody.</param>
    /// <param name="exclude">Its outputs of <see cref="Exclude"/>.</param>
    public bool AreSound(SeedTable table, int list, string? country, IReadOnlyList<string> exclude)
    {
        if (settings.ExclusionsMustMatch && exclude.Any(AreStrangers)) return false;
        var number = Population.CountryNumber(country);
        var seeds = 0;
        for (var i = 0; i < table.UsersOf(list) && seeds < settings.MinimumSeeds; i++)
        {
            if (Population.Find(table.UserOf(list, i)) is { } user && (number is null || Population.Shards[user.Shard].CountryOf(user.Row) == number)) seeds++;
        }

        return seeds >= settings.MinimumSeeds;
    }

    /// <inheritdoc/>
    public void Dispose() => _population?.Dispose();

    private Population Population => _population ??= PopulationSnapshot.Open(settings.Population, verify: false);

    private bool AreStrangers(string exclude)
    {
        if (_strangers.TryGetValue(exclude, out var known)) return known;
        var (ids, given) = UserIdObject.Read(store.Objects.PathOf(exclude));
        var found = Enumerable.Range(0, ids.Count).Any(i => Population.Find(ids[i]) is not null);
        return _strangers[exclude] = ExclusionCheck.AreStrangers(given, found ? 1 : 0);
    }

    private string ById(IReadOnlyList<string> files) => Once("ids", files, () =>
    {
        var hash = new InputHash("exclude").Add(RunPlanner.Program).Add(forgotten.Digest).Add(settings.Columns.User).Add(files.Select(HashOf).Order(StringComparer.Ordinal));
        return Make($"exclude-{hash}", folder =>
        {
            var users = forgotten.Without(UserIdReader.Read(files, settings.Columns.User, cancellationToken: cancellation));
            UserIdObject.Write(folder, users, users.Count);
        });
    });

    private string ByHash(IReadOnlyList<string> files) => Once("hashes", files, () =>
    {
        var hash = settings.ExcludeHash!.Create();
        var hashes = UserIdReader.Read(files, settings.Columns.User, hash.Function, cancellation);
        var known = HashedSeedLists.Resolve(hashes, Population, hash, threads, cancellation: cancellation).Users;
        var users = forgotten.Without(known);
        var given = hashes.Count - (known.Count - users.Count);
        var found = new InputHash("exclude by hashes").Add(RunPlanner.Program).Add(given);
        for (var i = 0; i < users.Count; i++) found.Add(users[i]);
        return Make($"exclude-{found}", folder => UserIdObject.Write(folder, users, given));
    });

    private string Once(string kind, IReadOnlyList<string> files, Func<string> name)
    {
        var key = $"{kind}\n{string.Join('\n', files)}";
        return _excludes.TryGetValue(key, out var known) ? known : _excludes[key] = name();
    }

    private string Make(string name, Action<string> write)
    {
        store.Objects.Make(name, write);
        return name;
    }

    // Measured: three and a half times a table of text, which compression makes a fourth of.
    private static long ReadingBytes(string file) => (long)(new FileInfo(file).Length * (file.EndsWith(".csv", StringComparison.Ordinal) ? 3.5 : 14));

    private string HashOf(string file) => _fileHashes.TryGetValue(file, out var known) ? known : _fileHashes[file] = InputHash.OfFile(file);

    private sealed class Reading(Action<double> progress) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => progress(value.Fraction);
    }
}
