using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Planning;

/// <summary>Groups the work into tasks, names their outputs, and takes over results of the previous version.</summary>
/// <param name="settings">The settings of the run.</param>
/// <param name="store">The store of outputs.</param>
/// <param name="units">The models; their entries receive the places of their outputs.</param>
/// <param name="before">The models of the previous version, by list and country.</param>
internal sealed class RunBatches(RunSettings settings, RunStore store, List<PlannedUnit> units,
    Dictionary<(string, string?), UnitResult> before)
{
    // A task sorts the members of its lists in memory.
    private const int ListsAtATime = 32;

    /// <summary>The models to train, grouped by method and country.</summary>
    public List<UnitTask> Training()
    {
        var tasks = new List<UnitTask>();
        var toTrain = Enumerable.Range(0, units.Count).Where(i => units[i].CarriedOver is null && units[i].Model.Output.Length == 0);
        foreach (var alike in toTrain.GroupBy(i => (units[i].Method, units[i].TrainingCountry, Weights: string.Join(',', units[i].WeightBy))))
        {
            foreach (var batch in alike.Chunk(settings.BatchLists))
            {
                var hash = new InputHash("train");
                foreach (var i in batch) hash.Add(units[i].ModelKey).Add(units[i].Before?.Output).Add(units[i].Before?.Index ?? 0);
                tasks.Add(Task("models-", hash, batch, (unit, part) => unit with { Model = part }));
            }
        }

        return tasks;
    }

    /// <summary>The models that need thresholds.</summary>
    public List<UnitTask> Brackets() =>
    [
        .. Missing(unit => unit.CarriedOver is null).Chunk(settings.BatchLists)
            .Select(batch =>
                Task("brackets-", new InputHash("brackets").Add(batch.Select(i => units[i].ThresholdKey)), batch, (unit, _) => unit)),
    ];

    /// <summary>The models that need members; members of the previous version are taken over if nothing that they depend on has
    /// changed.</summary>
    public List<UnitTask> Members(int shards)
    {
        if (!settings.PublishIndex) return [];
        for (var i = 0; i < units.Count; i++)
        {
            if (Old(i) is { Members: { } there } old && old.MembersKey == units[i].MembersKey
                && Enumerable.Range(0, shards).All(shard => store.Objects.Exists(OutputNames.OfShard(there.Output, shard))))
            {
                units[i] = units[i] with { Members = there };
            }
        }

        return
        [
            .. Missing(unit => unit.Members is null && unit.CarriedOver is not { Rejected: not null }).Chunk(settings.BatchLists)
                .Select(batch =>
                    Task(OutputNames.MembersPrefix, new InputHash("members").Add(batch.Select(i => units[i].MembersKey)), batch,
                        (unit, part) => unit with { Members = part })),
        ];
    }

    /// <summary>The models whose published lists must be written.</summary>
    public List<UnitTask> Lists()
    {
        for (var i = 0; i < units.Count; i++)
        {
            if (units[i].ListFormat is not null && Old(i) is { Lists: { } there } old && old.MembersKey == units[i].MembersKey
                && old.ListFormat == units[i].ListFormat && old.ListScores == units[i].ListScores
                && old.ListSpreadsheetSafe == units[i].ListSpreadsheetSafe && store.Objects.Exists(there))
            {
                units[i] = units[i] with { Lists = there };
            }
        }

        return
        [
            .. Missing(unit => unit.ListFormat is not null && unit.Lists is null && unit.CarriedOver is not { Rejected: not null })
                .Chunk(ListsAtATime)
                .Select(batch => Task("lists-", new InputHash("lists").Add(batch.SelectMany(i => new[] { units[i].MembersKey, units[i].ListFormat!, Columns(units[i]) })), batch,
                    (unit, part) => unit with { Lists = part.Output })),
        ];
    }

    // Says nothing of what is off: the outputs of earlier days keep their names.
    private static string Columns(PlannedUnit unit) =>
        (unit.ListScores ? "scores" : "") + (unit.ListSpreadsheetSafe ? " spreadsheet safe" : "");

    /// <summary>The name of the index without the shard; null if no index is published.</summary>
    public string? Index(string population, string forgotten)
    {
        if (!settings.PublishIndex) return null;
        var hash = new InputHash("index").Add(RunPlanner.Program).Add(population).Add(forgotten);
        foreach (var unit in units) hash.Add(unit.List).Add(unit.TrainingCountry).Add(unit.MembersKey);
        return $"index-{hash}";
    }

    private UnitResult? Old(int unit) => before.GetValueOrDefault((units[unit].List, units[unit].TrainingCountry));

    private int[] Missing(Func<PlannedUnit, bool> isMissing) => [.. Enumerable.Range(0, units.Count).Where(i => isMissing(units[i]))];

    private UnitTask Task(string prefix, InputHash hash, int[] batch, Func<PlannedUnit, OutputPart, PlannedUnit> with)
    {
        var name = $"{prefix}{hash}";
        for (var place = 0; place < batch.Length; place++) units[batch[place]] = with(units[batch[place]], new OutputPart(name, place));
        return new UnitTask(name, batch);
    }
}
