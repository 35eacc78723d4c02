using Kindred.Audiences;
using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Pipeline.Planning;

/// <summary>Stores the files of seed lists and of users to exclude, with the population's ids and without permanently deleted
/// users.</summary>
/// <remarks>Inputs with plain ids are named by the bytes of their files and are not read again while these stay the same. Hashed inputs
/// depend on the
/// population and on a salt, and no stored name may depend on a salt: they are read every time and named by the matched users.</remarks>
/// <param name="settings">The settings, with the files and their columns.</param>
/// <param name="store">The store of outputs.</param>
/// <param name="forgotten">Permanently deleted users.</param>
/// <param name="threads">Threads that hash users.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class RunInputs(RunSettings settings, RunStore store, Tombstones forgotten, int threads, CancellationToken cancellation)
    : IDisposable
{
    private readonly Dictionary<string, string> _excludes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _strangers = new(StringComparer.Ordinal);
    private Population? _population;
    private readonly Dictionary<string, string> _fileHashes = new(StringComparer.Ordinal);

    /// <summary>Returns the output with the seed lists.</summary>
    /// <param name="reading">Receives the approximate memory of reading in bytes, before it starts.</param>
    /// <param name="progress">Receives the share of the files that has been read.</param>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public string Seeds(Action<long>? reading, Action<double>? progress)
    {
        var metrics = settings.Lists.Values.Append(settings.Default).SelectMany(list => list.WeightBy).Distinct()
            .Order(StringComparer.Ordinal).ToArray();
        var options = settings.Columns.OfSeedLists(metrics, settings.Hash?.Function);
        if (settings.Hash is { } hashing)
        {
            var lists = HashedSeedLists.Resolve(Read(), Population, hashing.Create(), threads, cancellation: cancellation);
            SeedList[] kept = [.. lists.Select(forgotten.Without).Where(list => list.Given > 0)];
            var found = new InputHash("seeds by hashes").Add(RunPlanner.Program).Add(metrics);
            foreach (var list in kept) found.Add(list.Id).Add(SeedTable.DigestOf(list)).Add(list.Duplicates).Add(list.Unknown);
            return Make($"seeds-{found}", folder => SeedTable.Write(folder, kept));
        }

        var hash = new InputHash("seeds").Add(RunPlanner.Program).Add(metrics).Add(forgotten.Digest)
            .Add(options.UserColumn + options.Rules.Key).Add(options.ListColumn).Add(options.RequiresListColumn ? 1 : 0);
        foreach (var file in settings.Seeds) hash.Add(Path.GetFileName(file)).Add(HashOf(file));
        return Make($"seeds-{hash}", folder =>
            SeedTable.Write(folder, [.. Read().Select(forgotten.Without).Where(list => list.Users.Count > 0)]));

        IReadOnlyList<SeedList> Read()
        {
            reading?.Invoke(settings.Seeds.Sum(ReadingBytes));
            return SeedListReader.Read(settings.Seeds, options, progress is null ? null : new Reading(progress), cancellation);
        }
    }

    /// <summary>Returns the outputs with the users to exclude from a list's audiences.</summary>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public IReadOnlyList<string> Exclude(ListSettings list)
    {
        var byIds = new[] { settings.Exclude, list.Exclude }.Where(files => files.Count > 0).Select(ById);
        var byHashes = new[] { settings.ExcludeHashed, list.ExcludeHashed }.Where(files => files.Count > 0).Select(ByHash);
        return [.. byIds.Concat(byHashes).Distinct()];
    }

    /// <summary>Returns true if a list's inputs are plausible: enough seeds and at least one user of each kind of exclusion are in the
    /// population.</summary>
    /// <remarks>If a list is not due, its model and thresholds stay, but its current seeds and exclusions apply: broken ones would break
    /// its members.</remarks>
    /// <param name="table">The lists.</param>
    /// <param name="list">One of them.</param>
    /// <param name="country">The country that its model is trained on; null for all countries.</param>
    /// <param name="exclude">Its outputs of <see cref="Exclude"/>.</param>
    public bool AreSound(SeedTable table, int list, string? country, IReadOnlyList<string> exclude)
    {
        if (settings.ExclusionsMustMatch && exclude.Any(AreStrangers)) return false;
        return CountSeeds(table, list, country).Seeds >= settings.MinimumSeeds;
    }

    /// <summary>Counts the users of a list that are in the population, until there are enough seeds.</summary>
    /// <param name="table">The lists.</param>
    /// <param name="list">One of them.</param>
    /// <param name="country">The country that its model is trained on, which the population has; null for all countries.</param>
    /// <returns>The numbers of users in the population and, of those, in the country: all of them if the seeds are too few.</returns>
    public (int Matched, int Seeds) CountSeeds(SeedTable table, int list, string? country)
    {
        var number = Population.CountryNumber(country);
        var (matched, seeds) = (0, 0);
        for (var i = 0; i < table.UsersOf(list) && seeds < settings.MinimumSeeds; i++)
        {
            if (Population.Find(table.UserOf(list, i)) is not { } user) continue;
            matched++;
            if (number is null || Population.Shards[user.Shard].CountryOf(user.Row) == number) seeds++;
        }

        return (matched, seeds);
    }

    /// <inheritdoc/>
    public void Dispose() => _population?.Dispose();

    private Population Population => _population ??= PopulationSnapshot.OpenUserIds(settings.Population);

    private bool AreStrangers(string exclude)
    {
        if (_strangers.TryGetValue(exclude, out var known)) return known;
        var (ids, given) = UserIdObject.Read(store.Objects.PathOf(exclude));
        var found = Enumerable.Range(0, ids.Count).Any(i => Population.Find(ids[i]) is not null);
        return _strangers[exclude] = ExclusionCheck.AreStrangers(given, found ? 1 : 0);
    }

    private string ById(IReadOnlyList<string> files) => Once("ids", files, () =>
    {
        var hash = new InputHash("exclude").Add(RunPlanner.Program).Add(forgotten.Digest).Add(settings.Columns.User + settings.Columns.Rules.Key)
            .Add(files.Select(HashOf).Order(StringComparer.Ordinal));
        return Make($"exclude-{hash}", folder =>
        {
            var users = forgotten.Without(UserIdReader.Read(files, settings.Columns.User, null, settings.Columns.Rules, cancellation));
            UserIdObject.Write(folder, users, users.Count);
        });
    });

    private string ByHash(IReadOnlyList<string> files) => Once("hashes", files, () =>
    {
        var hash = settings.ExcludeHash!.Create();
        var hashes = UserIdReader.Read(files, settings.Columns.User, hash.Function, settings.Columns.Rules, cancellation);
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

    // Measured: reading takes 3.5 times the size of a text table, and compression shrinks text to a fourth.
    private static long ReadingBytes(string file) =>
        (long)(new FileInfo(file).Length * (file.EndsWith(".csv", StringComparison.Ordinal) ? 3.5 : 14));

    private string HashOf(string file) => _fileHashes.TryGetValue(file, out var known) ? known : _fileHashes[file] = InputHash.OfFile(file);

    private sealed class Reading(Action<double> progress) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => progress(value.Fraction);
    }
}
