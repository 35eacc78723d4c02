using Kindred.Data.Folders;
using Kindred.Data.Populations;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Makes a version from the outputs of a plan's tasks.</summary>
internal static class RunCommit
{
    /// <summary>Creates the content of the version.</summary>
    public static RunVersion Describe(StageContext context, RunVersion? previous)
    {
        var plan = context.Plan;
        var population = PopulationSnapshot.ReadManifest(plan.Population);
        var before = previous?.Units.ToDictionary(unit => (unit.List, unit.TrainingCountry)) ?? [];
        var counted = Counted(context);
        return ListFiles.Named(new RunVersion
        {
            Number = 0,
            Previous = plan.Previous,
            Program = plan.Program,
            PopulationVersion = plan.PopulationVersion,
            EmbeddingSpace = plan.EmbeddingSpace,
            Countries = [.. population.Countries.Select(country => new CountryCount(country.Name, country.Users, country.ActiveUsers))],
            Shards = plan.Shards,
            Index = plan.Index,
            Excluded = plan.Excluded,
            Forgotten = plan.Forgotten,
            SuppressBelow = plan.SuppressBelow,
            Paused = plan.Paused,
            Units = [.. plan.Units.Select((unit, i) =>
                Result(context, unit, i, counted.GetValueOrDefault(i), before.GetValueOrDefault((unit.List, unit.TrainingCountry))))],
        });
    }

    /// <summary>Returns true if two versions publish the same content.</summary>
    public static bool Same(RunVersion a, RunVersion b)
    {
        var (one, other) = (a with { Number = 0, Previous = null, Outputs = [] }, b with { Number = 0, Previous = null, Outputs = [] });
        return Documents.Same(one, other) && a.Units.Count == b.Units.Count && a.Units.Zip(b.Units).All(unit =>
            ReferenceEquals(unit.First, unit.Second) || Documents.Same(unit.First, unit.Second));
    }

    /// <summary>Writes a version and makes it the current one.</summary>
    /// <returns>Its number: that of an earlier attempt if one was stopped before the switch.</returns>
    public static int Commit(RunStore store, RunVersion version, Action<RunVersion> beforeSwitch)
    {
        var versions = store.Versions();
        var last = versions.Count > 0 ? versions[^1] : 0;
        if (last > (version.Previous ?? 0) && RunVersion.Read(store, last) is var there && there.Previous == version.Previous && Same(there, version))
        {
            version = version with { Number = last };
        }
        else
        {
            version = version with { Number = last + 1 };
            using var output = OutputFolder.In(store.VersionFolder(version.Number));
            OutputErrors.Guard(store.VersionFolder(version.Number), () =>
            {
                ListFiles.Link(store, version, output.Path);
                version.Write(output.Path);
            });
            output.Commit();
        }

        beforeSwitch(version);

        // The lock keeps deletions away while it holds; this catches one that did not.
        if (store.ReadForgotten().Digest != version.Forgotten)
        {
            throw new KindredException(ErrorKind.Output, "users_deleted_meanwhile",
                $"Users were permanently deleted while this run worked, so version {RunStore.Name(version.Number)} may hold them and is not published.",
                "Run again.");
        }

        store.Switch(version.Number);
        return version.Number;
    }

    /// <summary>Carried-over models by unit, with counts of the current seeds, because their audiences exclude these.</summary>
    private static Dictionary<int, UnitResult> Counted(StageContext context)
    {
        int[] units = [.. Enumerable.Range(0, context.Plan.Units.Count).Where(i => context.Plan.Units[i].CarriedOver is { NotDue: true })];
        var results = new UnitResult[units.Length];
        if (units.Length == 0) return [];
        var (population, seeds) = (context.Population, context.Seeds);
        Parallel.For(0, units.Length,
            new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, i =>
        {
            var unit = context.Plan.Units[units[i]];
            var country = population.CountryNumber(unit.TrainingCountry);
            var (matched, counting) = (0, 0);
            for (var user = 0; user < seeds.UsersOf(unit.Place); user++)
            {
                if (population.Find(seeds.UserOf(unit.Place, user)) is not { } row) continue;
                matched++;
                if (country is null || population.Shards[row.Shard].CountryOf(row.Row) == country) counting++;
            }

            results[i] =
                unit.CarriedOver! with
                {
                    Given = seeds.UsersOf(unit.Place) + seeds.UnknownOf(unit.Place),
                    Matched = matched,
                    Seeds = counting
                };
        });
        return units.Zip(results).ToDictionary();
    }

    private static UnitResult Result(StageContext context, PlannedUnit unit, int index, UnitResult? counted, UnitResult? before)
    {
        if (unit.CarriedOver is { } carried)
        {
            return (counted ?? carried) with
            {
                Digest = unit.Digest,
                MembersKey = unit.MembersKey,
                Members = carried.Rejected is null ? unit.Members : null,
                Lists = carried.Rejected is null ? unit.Lists : null,
                ListFormat = unit.ListFormat,
                ListScores = unit.ListScores,
                ListSpreadsheetSafe = unit.ListSpreadsheetSafe,
            };
        }

        var outcome = context.OutcomeOf(index);
        var rejected = outcome?.Rejected;
        return new UnitResult
        {
            List = unit.List,
            TrainingCountry = unit.TrainingCountry,
            Owner = unit.Owner,
            Method = unit.Method,
            SettingsKey = unit.SettingsKey,
            Digest = unit.Digest,
            Given = outcome?.Given ?? before!.Given,
            Matched = outcome?.Matched ?? before!.Matched,
            Seeds = outcome?.Seeds ?? before!.Seeds,
            ModelKey = unit.ModelKey,
            Model = rejected is null ? unit.Model : null,
            ThresholdKey = unit.ThresholdKey,
            MembersKey = unit.MembersKey,
            Members = rejected is null ? unit.Members : null,
            Lists = rejected is null ? unit.Lists : null,
            ListFormat = unit.ListFormat,
            ListScores = unit.ListScores,
            ListSpreadsheetSafe = unit.ListSpreadsheetSafe,
            Targets = rejected is null ? context.TargetsOf(index) : [],
            Rejected = rejected,
        };
    }
}
