using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Insight;

/// <summary>Inspects seed lists: the similarity of their users, their groups, and the features that set them apart.</summary>
public sealed class SeedInspector : IDisposable
{
    // Fewer random users than this cannot give percentiles.
    private const int LeastReference = 100;

    private readonly Population _population;
    private readonly InsightOptions _options;
    private readonly int? _country;
    private readonly CandidatePool _pool;
    private readonly CentredSpace _space;
    private readonly UserRow[] _reference;
    private readonly AlignedMatrix _referenceRows;
    private readonly (FeatureTable Table, int[] Counts)[] _features;

    /// <summary>Prepares to inspect lists of a population.</summary>
    /// <param name="population">The users.</param>
    /// <param name="features">The features to compare.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="KindredException">The population has no such country, or the country has no active user.</exception>
    public SeedInspector(Population population, IReadOnlyList<FeatureTable> features, InsightOptions options)
    {
        OptionsValidation.Require(options);
        _population = population;
        _options = options;
        _country = population.CountryNumber(options.Country);
        _pool = TrainingContext.For(population, options.Country, options.PoolLimit, options.Seed).Pool;
        _space = CentredSpace.Of(population, _pool);
        var key = SampleKey.Of(options.Seed, UserHash.Of("reference users"u8));
        _reference = [.. Enumerable.Range(0, _pool.Users.Count).OrderBy(i => key.Then(_pool.Hashes[i])).Take(options.ReferenceUsers)
            .Select(i => _pool.Users[i])];
        _referenceRows = _space.Gather(_reference);
        _features = [.. features.Select(table => (table, FeatureContrast.Count(table, _pool.Users)))];
    }

    /// <summary>The number of random users to compare with; a list's own users are then left out.</summary>
    public int ReferenceUsers => _reference.Length;

    /// <summary>Inspects every list, several at a time.</summary>
    /// <param name="lists">Matched lists; with a target country, restrict them to it first.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops between lists.</param>
    /// <returns>One inspection per list, in the order given.</returns>
    public SeedInspection[] Inspect(
        IReadOnlyList<SeedMatch> lists, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var inspections = new SeedInspection[lists.Count];
        var done = 0;
        Workers.Run(_options.Threads, lists.Count, (i, _) =>
        {
            inspections[i] = Inspect(lists[i]);
            progress?.Invoke((double)Interlocked.Increment(ref done) / lists.Count);
        }, cancellation);
        return inspections;
    }

    /// <inheritdoc/>
    public void Dispose() => _referenceRows.Dispose();

    private SeedInspection Inspect(SeedMatch list)
    {
        // In the order of hashes, like everything that is summed or drawn.
        var seeds = list.Users.OrderBy(user => UserHash.Of(_population.UserId(user))).ToArray();
        using var rows = _space.Gather(seeds);
        var known = Enumerable.Range(0, seeds.Length).Count(i => VectorKernels.Dot(rows.Row(i), rows.Row(i)) > 0);
        var isSeed = seeds.ToHashSet();
        var used = Enumerable.Range(0, _reference.Length).Where(i => !isSeed.Contains(_reference[i])).ToArray();
        bool[] isFar = [];
        var cohesion = known >= _options.MinimumCount && used.Length >= LeastReference
            ? SeedCohesion.Of(rows, _referenceRows, used, out isFar)
            : null;
        return new SeedInspection(
            list.List.Id, list.List.Given, seeds.Length, seeds.Length - known, VerdictRule.Of(seeds.Length, cohesion), cohesion,
            [.. _features.SelectMany(features => Contrast(features, seeds))], Clusters(list, seeds, rows, known), Outliers(seeds, isFar));
    }

    private IReadOnlyList<FeatureContrast> Contrast((FeatureTable Table, int[] Counts) candidates, UserRow[] seeds) => FeatureContrast.Of(
        candidates.Table, FeatureContrast.Count(candidates.Table, seeds), seeds.Length, candidates.Counts, _pool.Users.Count, _options);

    private List<SeedCluster> Clusters(SeedMatch list, UserRow[] seeds, AlignedMatrix rows, int known)
    {
        var clusters = new List<SeedCluster>();
        if (known < _options.MinimumCount) return clusters;
        var key = SampleKey.Of(_options.Seed, UserHash.Of("clusters"u8)).Then(HoldOut.ListKey(list.List.Id));
        var groups = SeedGroups.Of(rows, _options, key);
        for (var group = 0; group <= groups.Max(); group++)
        {
            var members = seeds.Where((_, i) => groups[i] == group).ToArray();
            var others = seeds.Where((_, i) => groups[i] >= 0 && groups[i] != group).ToArray();
            if (members.Length < _options.MinimumCount) continue;

            // A difference from fewer others than the minimum would reveal them.
            var features = others.Length < _options.MinimumCount ? [] : _features.SelectMany(feature => FeatureContrast.OfGroup(
                feature.Table, FeatureContrast.Count(feature.Table, members), members.Length,
                FeatureContrast.Count(feature.Table, others), others.Length, _options)).ToArray();
            clusters.Add(new SeedCluster(Math.Round((double)members.Length / known, 2), features));
        }

        return clusters;
    }

    private UserRow[] Outliers(UserRow[] seeds, bool[] isFar)
    {
        var far = seeds.Where((_, i) => i < isFar.Length && isFar[i]).ToArray();
        Array.Sort(far, (a, b) => _population.UserId(a).SequenceCompareTo(_population.UserId(b)));
        return far;
    }
}
