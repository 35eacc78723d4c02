using Kindred.Audiences;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Stages;

/// <summary>The shared state of tasks in one process: the opened population and data derived from it.</summary>
/// <param name="store">The store of outputs.</param>
/// <param name="plan">The plan of the run.</param>
/// <param name="threads">Worker threads; outputs do not depend on them.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class StageContext(RunStore store, RunPlan plan, int threads, CancellationToken cancellation = default) : IDisposable
{
    /// <summary>The maximum number of seeds whose places are cached between stages, 8 bytes each.</summary>
    public const long MostRemembered = 50_000_000;

    private const int SpreadUsers = 2_048;

    private readonly Dictionary<string, TrainingContext> _training = [];
    private readonly Dictionary<int, UserSample> _samples = [];
    private readonly Dictionary<int, UserSample> _spreads = [];
    private readonly Dictionary<string, (UserSet Users, int Found, int Given)> _excluded = new(StringComparer.Ordinal);
    private readonly Dictionary<int, UserRow[]> _matched = [];
    private readonly Dictionary<int, UserRow[]> _ofTask = [];
    private readonly Dictionary<int, TargetResult[][]> _thresholds = [];
    private readonly Dictionary<string, TrainOutcome[]> _outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Batch, int Place)> _batchOf = plan.Brackets
        .SelectMany((task, batch) => task.Units.Select((unit, place) => (unit, batch, place)))
            .ToDictionary(entry => entry.unit, entry => (entry.batch, entry.place));

    private readonly HashSet<string> _trained = [.. plan.Train.Select(task => task.Output)];

    private Population? _population;
    private SeedTable? _seeds;
    private UserSet? _forgotten;
    private long _remembered;

    public RunStore Store { get; } = store;

    public RunPlan Plan { get; } = plan;

    public int Threads { get; } = threads;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Receives the finished share of the current task.</summary>
    public Action<double>? Progress { get; set; }

    /// <summary>The population, in which deleted users are not active.</summary>
    /// <exception cref="KindredException">It is damaged, or is not the population of the plan.</exception>
    public Population Population => _population ??= Open();

    /// <summary>The deleted users that an old population still contains; they must be in no audience.</summary>
    public UserSet Forgotten
    {
        get
        {
            _ = Population;
            return _forgotten!;
        }
    }

    public SeedTable Seeds => _seeds ??= SeedTable.Open(Store.Objects.PathOf(Plan.Seeds), verify: true);

    /// <summary>Returns the training data of a target country.</summary>
    public TrainingContext TrainingFor(string? country)
    {
        if (_training.TryGetValue(country ?? "", out var known)) return known;
        return _training[country ?? ""] = TrainingContext.For(Population, country, seed: Plan.Seed);
    }

    /// <summary>Returns the sample of active users in a country, or in all countries.</summary>
    public UserSample SampleOf(int? country) => _samples.TryGetValue(country ?? -1, out var known) ? known
        : _samples[country ?? -1] =
            UserSample.Of(Population, country, Plan.SampleOf(Expansion.CountActive(Population, country)), Plan.Seed, Threads, Cancellation);

    /// <summary>Returns a small sample of active users in a country, or in all countries: enough to show the score distribution.</summary>
    public UserSample SpreadOf(int? country) => _spreads.TryGetValue(country ?? -1, out var known) ? known
        : _spreads[country ?? -1] = UserSample.Of(Population, country, SpreadUsers, Plan.Seed, Threads, Cancellation);

    /// <summary>Looks up the users of several units' lists in parallel, for a task that needs all of them.</summary>
    public void Match(IReadOnlyList<int> units)
    {
        int[] missing = [.. units.Where(unit => !_matched.ContainsKey(unit))];
        var found = new UserRow[missing.Length][];
        Parallel.For(0, missing.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation }, i =>
            found[i] = Find(missing[i]));
        var all = found.Sum(users => (long)users.Length);

        // Lists that exceed the cache are kept for this task only.
        var remembered = _remembered + all <= MostRemembered;
        if (remembered) _remembered += all;
        else _ofTask.Clear();
        for (var i = 0; i < missing.Length; i++) (remembered ? _matched : _ofTask)[missing[i]] = found[i];
    }

    /// <summary>Returns the users of a unit's list that are in the population.</summary>
    public UserRow[] MatchedOf(int unit) =>
        _matched.TryGetValue(unit, out var known) || _ofTask.TryGetValue(unit, out known) ? known : Find(unit);

    private UserRow[] Find(int unit)
    {
        var users = Seeds[Plan.Units[unit].Place].Users;
        var rows = new List<UserRow>(users.Count);
        for (var i = 0; i < users.Count; i++)
        {
            if (Population.Find(users[i]) is { } user) rows.Add(user);
        }

        return [.. rows];
    }

    /// <summary>Returns the training result of a unit; null if its model is from the previous version.</summary>
    public TrainOutcome? OutcomeOf(int unit)
    {
        var planned = Plan.Units[unit];
        if (planned.CarriedOver is not null || !_trained.Contains(planned.Model.Output)) return null;
        if (!_outcomes.TryGetValue(planned.Model.Output, out var known))
        {
            known = _outcomes[planned.Model.Output] = TrainOutcome.Read(Store.Objects.PathOf(planned.Model.Output));
        }

        return known[planned.Model.Index];
    }

    /// <summary>Returns the models of the given units; null for rejected units.</summary>
    public IReadOnlyList<StoredModel?> ModelsOf(IReadOnlyList<int> units)
    {
        var models = new StoredModel?[units.Count];
        foreach (var pack in Enumerable.Range(0, units.Count).GroupBy(i => Plan.Units[units[i]].Model.Output))
        {
            if (pack.Key.Length == 0) continue;
            var wanted = pack.Select(i => Plan.Units[units[i]].Model).ToArray();
            var opened = Open(pack.Key, wanted);
            foreach (var (i, model) in pack.Zip(opened)) models[i] = model;
        }

        return models;
    }

    /// <summary>Reads the models of one training output; null for rejected lists.</summary>
    public IReadOnlyList<StoredModel?> Open(string name, IReadOnlyList<OutputPart> parts)
    {
        var folder = Store.Objects.PathOf(name);
        var places = TrainOutcome.Read(folder);
        var which = parts.Select(part => places[part.Index].Model).ToArray();
        var opened = ModelFolder.OpenModels(TrainOutcome.ModelsIn(folder), [.. which.OfType<int>()]);
        var next = 0;
        return [.. which.Select(place => place is null ? null : opened[next++])];
    }

    /// <summary>Creates a target of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="model">Its model.</param>
    /// <param name="country">The country; null for all countries.</param>
    public AudienceTarget TargetOf(int unit, StoredModel model, int? country)
    {
        var planned = Plan.Units[unit];
        var excluded = planned.Exclude.Select(name => ExcludedBy(name).Users).ToList();
        if (!planned.IncludeSeeds) excluded.Add(UserSet.Of(Population, MatchedOf(unit)));
        if (Forgotten.Count > 0) excluded.Add(Forgotten);
        return new AudienceTarget(model.Scorer, country, excluded, []);
    }

    /// <summary>Returns a unit's audiences: new ones, or those of the previous version.</summary>
    public IReadOnlyList<TargetResult> TargetsOf(int unit)
    {
        if (Plan.Units[unit].CarriedOver is { } carried) return carried.Targets;
        var (batch, place) = _batchOf[unit];
        if (!_thresholds.TryGetValue(batch, out var known))
        {
            known = _thresholds[batch] = ThresholdStage.Read(Store.Objects.PathOf(Plan.ThresholdObject(batch)));
        }

        return known[place];
    }

    /// <summary>Returns a unit's audiences; empty without a model.</summary>
    public IReadOnlyList<TargetResult> ResultTargetsOf(int unit) =>
        Plan.Units[unit].CarriedOver is { } carried ? carried.Targets : OutcomeOf(unit)?.Rejected is null ? TargetsOf(unit) : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _seeds?.Dispose();
        _population?.Dispose();
    }

    /// <summary>Returns the number of users in a unit's first exclusions whose ids are probably spelled differently from the
    /// population's; null if there are none.</summary>
    public int? StrangersExcluded(int unit) =>
        Plan.Units[unit].Exclude.Select(ExcludedBy).Where(excluded => ExclusionCheck.AreStrangers(excluded.Given, excluded.Found))
            .Select(excluded => (int?)excluded.Given).FirstOrDefault();

    private (UserSet Users, int Found, int Given) ExcludedBy(string name)
    {
        if (_excluded.TryGetValue(name, out var known)) return known;
        var (ids, given) = UserIdObject.Read(Store.Objects.PathOf(name));
        var users = new List<UserRow>();
        for (var i = 0; i < ids.Count; i++)
        {
            if (Population.Find(ids[i]) is { } user) users.Add(user);
        }

        return _excluded[name] = (UserSet.Of(Population, users), users.Count, given);
    }

    private Population Open()
    {
        var population = PopulationSnapshot.Open(Plan.Population);
        if (population.Version != Plan.PopulationVersion)
        {
            population.Dispose();
            throw new KindredException(ErrorKind.BadInput, "population_replaced",
                $"{Plan.Population} is not the population of the plan: it was replaced in the meantime.",
                "Run again; finished tasks that are still valid are kept.");
        }

        var forgotten = Store.ReadForgotten().In(population);
        _forgotten = UserSet.Of(population, forgotten);
        return population.WithInactive(forgotten);
    }
}
