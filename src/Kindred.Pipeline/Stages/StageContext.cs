using Kindred.Audiences;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Stages;

/// <summary>What tasks share while they run in one process: the population, opened once, and what is derived from it.</summary>
/// <param name="store">Where outputs are.</param>
/// <param name="plan">What is done.</param>
/// <param name="threads">Worker threads; no output depends on it.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class StageContext(RunStore store, RunPlan plan, int threads, CancellationToken cancellation = default) : IDisposable
{
    /// <summary>Seeds whose places are remembered from one stage to the next: 8 bytes each.</summary>
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
        .SelectMany((task, batch) => task.Units.Select((unit, place) => (unit, batch, place))).ToDictionary(entry => entry.unit, entry => (entry.batch, entry.place));

    private readonly HashSet<string> _trained = [.. plan.Train.Select(task => task.Output)];

    private Population? _population;
    private SeedTable? _seeds;
    private UserSet? _forgotten;
    private long _remembered;

    public RunStore Store { get; } = store;

    public RunPlan Plan { get; } = plan;

    public int Threads { get; } = threads;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Receives the share of the current task that is done.</summary>
    public Action<double>? Progress { get; set; }

    /// <summary>The population, in which forgotten users are not active.</summary>
    /// <exception cref="KindredException">It is damaged, or not the one that was planned for.</exception>
    public Population Population => _population ??= Open();

    /// <summary>Users who must be in no audience although an old population holds them.</summary>
    public UserSet Forgotten
    {
        get
        {
            _ = Population;
            return _forgotten!;
        }
    }

    public SeedTable Seeds => _seeds ??= SeedTable.Open(Store.Objects.PathOf(Plan.Seeds), verify: true);

    /// <summary>What training needs for a target country.</summary>
    public TrainingContext TrainingFor(string? country)
    {
        if (_training.TryGetValue(country ?? "", out var known)) return known;
        return _training[country ?? ""] = TrainingContext.For(Population, country, seed: Plan.Seed);
    }

    /// <summary>The sample of a country's active users, or of everybody's.</summary>
    public UserSample SampleOf(int? country) => _samples.TryGetValue(country ?? -1, out var known) ? known
        : _samples[country ?? -1] = UserSample.Of(Population, country, Plan.SampleOf(Expansion.CountActive(Population, country)), Plan.Seed, Threads, Cancellation);

    /// <summary>A few of a country's active users, or of everybody's: enough to show how scores are spread.</summary>
    public UserSample SpreadOf(int? country) => _spreads.TryGetValue(country ?? -1, out var known) ? known
        : _spreads[country ?? -1] = UserSample.Of(Population, country, SpreadUsers, Plan.Seed, Threads, Cancellation);

    /// <summary>Looks the users of some units' lists up, several lists at a time: for a task that asks for all of them.</summary>
    public void Match(IReadOnlyList<int> units)
    {
        int[] missing = [.. units.Where(unit => !_matched.ContainsKey(unit))];
        var found = new UserRow[missing.Length][];
        Parallel.For(0, missing.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation }, i => found[i] = Find(missing[i]));
        var all = found.Sum(users => (long)users.Length);

        // What is too much to be remembered is there for this task.
        var remembered = _remembered + all <= MostRemembered;
        if (remembered) _remembered += all;
        else _ofTask.Clear();
        for (var i = 0; i < missing.Length; i++) (remembered ? _matched : _ofTask)[missing[i]] = found[i];
    }

    /// <summary>The users of a unit's list who are in the population.</summary>
    public UserRow[] MatchedOf(int unit) => _matched.TryGetValue(unit, out var known) || _ofTask.TryGetValue(unit, out known) ? known : Find(unit);

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

    /// <summary>What the training of a unit gave; null where its model is from the version before.</summary>
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

    /// <summary>The models of some units; null for those that were rejected.</summary>
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

    /// <summary>Models of one output of training; null for lists that were rejected.</summary>
    public IReadOnlyList<StoredModel?> Open(string name, IReadOnlyList<OutputPart> parts)
    {
        var folder = Store.Objects.PathOf(name);
        var places = TrainOutcome.Read(folder);
        var which = parts.Select(part => places[part.Index].Model).ToArray();
        var opened = ModelFolder.OpenModels(TrainOutcome.ModelsIn(folder), [.. which.OfType<int>()]);
        var next = 0;
        return [.. which.Select(place => place is null ? null : opened[next++])];
    }

    /// <summary>A unit's targets: one a country that the population has.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="model">Its model.</param>
    /// <param name="country">The country; null for everybody.</param>
    public AudienceTarget TargetOf(int unit, StoredModel model, int? country)
    {
        var planned = Plan.Units[unit];
        var excluded = planned.Exclude.Select(name => ExcludedBy(name).Users).ToList();
        if (!planned.IncludeSeeds) excluded.Add(UserSet.Of(Population, MatchedOf(unit)));
        if (Forgotten.Count > 0) excluded.Add(Forgotten);
        return new AudienceTarget(model.Scorer, country, excluded, []);
    }

    /// <summary>A unit's audiences: as found now, or as the version before has them.</summary>
    public IReadOnlyList<TargetResult> TargetsOf(int unit)
    {
        if (Plan.Units[unit].CarriedOver is { } carried) return carried.Targets;
        var (batch, place) = _batchOf[unit];
        if (!_thresholds.TryGetValue(batch, out var known)) known = _thresholds[batch] = ThresholdStage.Read(Store.Objects.PathOf(Plan.ThresholdObject(batch)));
        return known[place];
    }

    /// <summary>A unit's audiences; none where there is no model.</summary>
    public IReadOnlyList<TargetResult> ResultTargetsOf(int unit) => Plan.Units[unit].CarriedOver is { } carried ? carried.Targets : OutcomeOf(unit)?.Rejected is null ? TargetsOf(unit) : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _seeds?.Dispose();
        _population?.Dispose();
    }

    /// <summary>How many users are in the first of a unit's exclusions that are most likely written in another way than the population's; null if none are.</summary>
    public int? StrangersExcluded(int unit) => Plan.Units[unit].Exclude.Select(ExcludedBy).Where(excluded => ExclusionCheck.AreStrangers(excluded.Given, excluded.Found)).Select(excluded => (int?)excluded.Given).FirstOrDefault();

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
                $"{Plan.Population} is another population than when the run was planned: it was replaced meanwhile.", "Run again; what is finished and still right is kept.");
        }

        var forgotten = Store.ReadForgotten().In(population);
        _forgotten = UserSet.Of(population, forgotten);
        return population.WithInactive(forgotten);
    }
}
