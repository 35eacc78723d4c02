using System.Reflection;
using Kindred.Data.Forgotten;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>Determines the changes since the current version and the tasks that they need.</summary>
/// <remarks>
/// Every output is named by a hash of its inputs, and every model, threshold and set of members has its own key. Results with the key
/// of the previous version are taken over; the rest is put into batches. The clock decides only which lists are due.
/// </remarks>
/// <param name="settings">The settings.</param>
/// <param name="store">The store of versions.</param>
/// <param name="day">The day, for schedules.</param>
/// <param name="threads">The number of threads that resolve hashed users.</param>
internal sealed class RunPlanner(RunSettings settings, RunStore store, DateOnly day, int threads)
{
    private HashSet<string> _countries = [];
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    private ShapeOfLists? _shape;
    private readonly ModelMethods _methods = new(settings.Population);

    /// <summary>The version of the program, without the hash of its source.</summary>
    public static string Program { get; } =
        typeof(RunPlanner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The current version, which the last plan follows; null before the first one.</summary>
    public RunVersion? Previous { get; private set; }

    /// <summary>Makes the plan. Seed lists that are new to the store are read and stored.</summary>
    /// <param name="forgotten">Permanently deleted users.</param>
    /// <param name="reading">Receives the approximate memory of reading seed lists in bytes, before they are read.</param>
    /// <param name="progress">Receives the share of the seed lists that has been read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">An input is missing or wrong.</exception>
    public RunPlan Plan(Tombstones forgotten, Action<long>? reading = null, Action<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var population = PopulationSnapshot.ReadManifest(settings.Population);
        _countries = population.Countries.Select(country => country.Name).ToHashSet(StringComparer.Ordinal);
        var previous = Previous = store.Current is { } number ? RunVersion.Read(store, number) : null;
        using var inputs = new RunInputs(settings, store, forgotten, threads, cancellation);
        var seeds = inputs.Seeds(reading, progress);
        using var table = SeedTable.Open(store.Objects.PathOf(seeds), verify: true);
        RequireKnownLists(table);
        OwnerLimit.Require(settings, table);

        var basis = new InputHash("basis").Add(Program).Add(population.Version).Add(ForgottenIn(forgotten)).Add(settings.Seed).ToString();
        var space = population.Recipe.GetValueOrDefault(PopulationEmbedding.SpaceKey, population.Version);
        var before = previous?.Units.ToDictionary(unit => (unit.List, unit.TrainingCountry)) ?? [];
        var sameSpace = previous?.EmbeddingSpace == space;
        var paused = new List<string>();
        var units = new List<PlannedUnit>();
        for (var i = 0; i < table.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = settings.Of(table.IdOf(i));
            if (own.Schedule.IsPaused) paused.Add(table.IdOf(i));
            else units.AddRange(UnitsOf(table, i, own, basis, before, sameSpace, inputs));
        }

        if (units.Count == 0) throw AllPaused(table.Count);

        // Models are named first, because later outputs depend on them.
        var batches = new RunBatches(settings, store, units, before);
        var train = batches.Training();
        for (var i = 0; i < units.Count; i++) units[i] = WithKeys(units[i], basis);
        var (brackets, members, lists) = (batches.Brackets(), batches.Members(population.Shards.Count), batches.Lists());
        var index = batches.Index(population.Version, forgotten.Digest);
        return new RunPlan
        {
            Program = Program,
            Previous = previous?.Number,
            Population = settings.Population,
            PopulationVersion = population.Version,
            EmbeddingSpace = space,
            Shards = population.Shards.Count,
            Seed = settings.Seed,
            Exact = settings.Sizing == Sizing.Exact,
            SampleUsers = settings.Sample,
            Confidence = settings.Confidence,
            MinimumAudience = settings.MinimumAudience,
            ExclusionsMustMatch = settings.ExclusionsMustMatch,
            MinimumSeeds = settings.MinimumSeeds,
            Training = settings.Training,
            SuppressBelow = settings.SuppressBelow,
            Forgotten = forgotten.Digest,
            Seeds = seeds,
            Units = units,
            Paused = paused,
            Train = train,
            Brackets = brackets,
            Members = members,
            Lists = lists,
            Index = index,
            Excluded = index?.Replace("index-", "excluded-", StringComparison.Ordinal),
        };
    }

    private static KindredException AllPaused(int lists) => new(ErrorKind.BadInput, "all_lists_paused",
        FormattableString.Invariant($"All {lists:N0} seed lists are paused, so there is nothing to do."),
        "Give at least one of them another 'schedule'.");

    /// <summary>Returns a hash of the deleted users that the population still contains, which happens if an old population was
    /// restored.</summary>
    private string ForgottenIn(Tombstones forgotten)
    {
        if (forgotten.Count == 0) return "";
        using var population = PopulationSnapshot.Open(settings.Population, verify: false);
        var found = forgotten.In(population);
        return found.Count == 0
            ? ""
            : found.Aggregate(new InputHash("forgotten"), (hash, user) => hash.Add(population.UserId(user))).ToString();
    }

    private void RequireKnownLists(SeedTable table)
    {
        var known = Enumerable.Range(0, table.Count).Select(table.IdOf).ToHashSet(StringComparer.Ordinal);
        if (settings.Lists.Keys.FirstOrDefault(list => !known.Contains(list)) is not { } unknown) return;
        var some = string.Join(", ", known.Take(3).Select(list => $"'{list}'"));
        throw new KindredException(ErrorKind.BadInput, "settings_name_unknown_list",
            FormattableString.Invariant($"The settings name seed list '{unknown}', but no list in the seed files has that name; they have {table.Count:N0}, such as {some}."),
            "Names must match exactly: correct the name, or delete it from 'lists' or 'targets'.");
    }

    private IEnumerable<PlannedUnit> UnitsOf(
        SeedTable table, int place, ListSettings own, string basis, Dictionary<(string, string?), UnitResult> before, bool sameSpace,
        RunInputs inputs)
    {
        if (!ModelMethods.Names.Contains(own.Method))
        {
            throw new KindredException(ErrorKind.Usage, "list_method_unknown",
                $"Seed list '{table.IdOf(place)}' asks for method '{own.Method}', whose models cannot be stored.",
                $"Name one of {string.Join(", ", ModelMethods.Names)}.");
        }

        var shape = ShapeOf(own, inputs);
        var (exclude, countries, sizes) = (shape.Exclude, shape.Countries, shape.Sizes);
        return own.LearnFromCountry ? countries.Select(country => Unit(country, [country])) : [Unit(null, countries)];

        PlannedUnit Unit(string? trainingCountry, string?[] targets)
        {
            var digest = table.DigestOf(place);
            var list = table.IdOf(place);
            var settingsKey = shape.SettingsKey;
            var modelKey = new InputHash("model").Add(basis).Add(settingsKey).Add(trainingCountry).Add(list).Add(digest)
                .Add(table.UnknownOf(place)).ToString();
            var old = before.GetValueOrDefault((list, trainingCountry));
            var keepsOld = old is { Model: { } kept, ModelKey.Length: > 0 } && sameSpace && targets.All(country => country is null || _countries.Contains(country)) && !own.Schedule.IsDue(day) && store.Objects.Exists(kept.Output)
                && old.Method == own.Method && Says(old, targets, sizes) && inputs.AreSound(table, place, trainingCountry, exclude);
            var sameModel = keepsOld || (old?.ModelKey == modelKey && (old.Model is null || store.Objects.Exists(old.Model.Output)));
            var planned = new PlannedUnit
            {
                List = list,
                Place = place,
                Digest = digest,
                Owner = own.Owner,
                Method = own.Method,
                TrainingCountry = trainingCountry,
                WeightBy = own.WeightBy,
                SettingsKey = keepsOld ? old!.SettingsKey : settingsKey,
                ModelKey = keepsOld ? old!.ModelKey : modelKey,
                Model = sameModel && old!.Model is { } there ? there : new OutputPart("", 0),
                Before = !sameModel && settings.WarmStart && sameSpace && old?.SettingsKey == settingsKey && old.Model is { } first
                    && store.Objects.Exists(first.Output) ? first : null,
                Countries = targets,
                Sizes = sizes,
                IncludeSeeds = own.IncludeSeeds,
                Exclude = exclude,
                ThresholdKey = "",
                MembersKey = "",
                ListFormat = own.ListFormat,
                ListScores = own.ListScores,
                ListSpreadsheetSafe = own.ListSpreadsheetSafe,

                // A rejected list is rejected again if nothing has changed.
                CarriedOver = keepsOld ? old! with { NotDue = true, Owner = own.Owner } : sameModel ? old! with { NotDue = false, Owner = own.Owner } : null,
            };
            return sameModel ? planned : WithoutTooFewSeeds(planned, table, inputs);
        }
    }

    /// <summary>Rejects a list with too few seeds here, where that costs no task.</summary>
    private PlannedUnit WithoutTooFewSeeds(PlannedUnit unit, SeedTable table, RunInputs inputs)
    {
        // Training rejects lists of a country that the population lacks.
        if (unit.TrainingCountry is { } country && !_countries.Contains(country)) return unit;
        var (matched, seeds) = inputs.CountSeeds(table, unit.Place, unit.TrainingCountry);
        var given = table.UsersOf(unit.Place) + table.UnknownOf(unit.Place);
        if (SeedMinimum.Problem(settings.MinimumSeeds, given, matched, seeds, unit.TrainingCountry) is not { } problem) return unit;

        // Lists with the same numbers share the text.
        if (!_problems.TryGetValue(problem, out var shared)) _problems[problem] = shared = problem;
        return unit with
        {
            Before = null,
            RejectedNow = true,
            CarriedOver = new UnitResult
            {
                List = unit.List,
                TrainingCountry = unit.TrainingCountry,
                Owner = unit.Owner,
                Method = unit.Method,
                SettingsKey = unit.SettingsKey,
                Digest = unit.Digest,
                Given = given,
                Matched = matched,
                Seeds = seeds,
                ModelKey = unit.ModelKey,
                ThresholdKey = "",
                MembersKey = "",
                Rejected = shared,
            },
        };
    }

    /// <summary>Adds the keys of the outputs that follow the model, and drops outdated thresholds.</summary>
    private PlannedUnit WithKeys(PlannedUnit unit, string basis)
    {
        if (unit.CarriedOver is { Rejected: not null } rejected)
        {
            return unit with { ThresholdKey = rejected.ThresholdKey, MembersKey = rejected.MembersKey };
        }

        var targets = new InputHash("targets").Add(basis).Add(unit.ModelKey).Add(unit.Model.Output).Add(unit.Model.Index)
            .Add(unit.Countries.Select(country => country ?? "")).Add(unit.Sizes)
            .Add(unit.IncludeSeeds ? 1 : 0).Add(unit.Digest).Add(unit.Exclude).Add(settings.MinimumAudience)
                .Add(settings.ExclusionsMustMatch ? 1 : 0);
        if (unit.CarriedOver is { NotDue: true } old)
        {
            var limits = old.Targets.SelectMany(target => target.Sizes.SelectMany(size => new[] { target.Country ?? "", size.Score.ToString("R", System.Globalization.CultureInfo.InvariantCulture), size.LastUserId }));
            return unit with
            {
                ThresholdKey = old.ThresholdKey,
                MembersKey = new InputHash("members of kept limits").Add(targets.ToString()).Add(limits).ToString()
            };
        }

        var key = targets.Add(settings.Sizing.ToString()).Add(settings.Sample).Add(settings.Confidence).ToString();
        return unit with
        {
            ThresholdKey = key,
            MembersKey = new InputHash("members").Add(key).ToString(),
            CarriedOver = unit.CarriedOver?.ThresholdKey == key ? unit.CarriedOver : null,
        };
    }

    /// <summary>What lists with the same settings share. Most lists have the default settings, so only the last ones are remembered.</summary>
    private ShapeOfLists ShapeOf(ListSettings own, RunInputs inputs)
    {
        if (_shape is { } last && ReferenceEquals(last.Of, own)) return last;
        var key = new InputHash("settings").Add(Program).Add(own.Method).Add(_methods.KeyOf(own.Method)).Add(own.WeightBy)
            .Add(settings.MinimumSeeds).Add(settings.Seed)
            .Add(settings.Training.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value }))
            .ToString();
        return _shape = new ShapeOfLists(own, inputs.Exclude(own), own.Countries.Count == 0 ? [null] : [.. own.Countries.Distinct()],
            [.. own.Sizes.Select(size => size.ToString())], key);
    }

    private sealed record ShapeOfLists(
        ListSettings Of, IReadOnlyList<string> Exclude, string?[] Countries, string[] Sizes, string SettingsKey);

    private static bool Says(UnitResult old, string?[] countries, string[] sizes) =>
        old.Targets.Select(target => target.Country).SequenceEqual(countries)
        && old.Targets.All(target => target is { Rejected: null, Withheld: null }
            && target.Sizes.Select(size => size.Size).Order(StringComparer.Ordinal).SequenceEqual(sizes.Order(StringComparer.Ordinal)));
}
