using System.Diagnostics;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Tables;
using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Brings the published audiences up to date: makes the population if the settings name its source, plans, runs missing tasks on
/// this
/// machine, and switches to the new version.</summary>
/// <param name="settings">The settings.</param>
/// <param name="threads">Worker threads; the published result does not depend on them.</param>
/// <param name="time">The clock, for schedules and the log.</param>
/// <param name="progress">Receives progress and notes.</param>
public sealed class DailyRun(RunSettings settings, int threads, TimeProvider time, IProgressReporter progress)
{
    // The memory that the current plan needs, for the error if there is less.
    private long _stated;

    /// <summary>How to wait while another run is changing the store; null to fail at once.</summary>
    public StoreWait? Wait { get; init; }

    /// <summary>Runs. After a stop at any moment the same call continues and ends with the same bytes.</summary>
    /// <param name="day">The day that decides which schedules are due; null for today.</param>
    /// <param name="cancellation">Stops between blocks of work; finished tasks are kept.</param>
    /// <exception cref="KindredException">An input is wrong, too many audiences would be lost, the store is damaged, held or in use, or
    /// the disk is full.</exception>
    public RunOutcome Run(DateOnly? day = null, CancellationToken cancellation = default) =>
        OnFreshPopulation(store => Publish(store, day, cancellation), cancellation);

    /// <summary>Only plans; workers then do the tasks (<see cref="Worker"/>). A later call of <see cref="Run"/> finds their outputs and
    /// publishes.</summary>
    /// <returns>The plan's file and the number of tasks of each stage.</returns>
    public (string PlanFile, IReadOnlyList<(string Stage, int Tasks)> Stages) PlanOnly(DateOnly? day = null,
        CancellationToken cancellation = default) =>
        OnFreshPopulation(
            store =>
            {
                var (plan, stages, _) = Prepare(store, day, cancellation);
                var file = plan.Keep(store);
                return (file, (IReadOnlyList<(string, int)>)[.. stages.Select(stage => (stage.Name, stage.Tasks.Count))]);
            },
            cancellation);

    private T OnFreshPopulation<T>(Func<RunStore, T> work, CancellationToken cancellation)
    {
        try
        {
            // A held store is refused before any work, and again below, because a roll-back may have come in between.
            // A deletion that is not finished comes first.
            if (RunStore.IsStore(settings.Store) && RunStore.Open(settings.Store) is var held && !File.Exists(held.PendingDeletion))
            {
                StoreHold.RequireNone(held);
            }

            // Reads the salts first: an unreadable salt must fail before hours of work on a population.
            _ = settings.Hash?.Create();
            _ = settings.ExcludeHash?.Create();
            var population = new PopulationRefresh(settings, threads);
            population.Prepare();
            var store = RunStore.OpenOrCreate(settings.Store);
            using var locked = Wait is null ? store.Lock() : Wait.Run(store.Lock, cancellation);

            // Also while the store is held: a deletion never waits.
            if (UserDeletion.FinishPending(store, cancellation) is not null)
            {
                progress.Note($"Finished a permanent deletion of users that had been stopped.");
            }

            StoreHold.RequireNone(store);
            population.Run(store, progress, cancellation);
            store.PopulationFolder = Path.GetFullPath(settings.Population);
            RemoveForgotten(store, cancellation);
            return work(store);
        }
        catch (MissingColumnException missing) when (SettingsColumns.Explain(missing, settings) is { } explained)
        {
            throw explained;
        }
        catch (Exception error) when (_stated > 0)
        {
            // Not in a filter, which runs while everything that the run holds still fills the memory.
            if (MachineLimits.Explain(error, _stated) is { } limit) throw limit;
            throw;
        }
    }

    /// <summary>Removes permanently deleted users from a population that came back with them: an old copy, or one made without
    /// knowing of them.</summary>
    private void RemoveForgotten(RunStore store, CancellationToken cancellation)
    {
        var forgotten = store.ReadForgotten();
        if (forgotten.Count == 0 || PopulationWithout.Replace(settings.Population, forgotten, cancellation) is not (> 0 and var removed)) return;
        progress.Note($"Removed {removed:N0} permanently deleted users from {settings.Population}.");
    }

    private RunOutcome Publish(RunStore store, DateOnly? day, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var made = Make(store, day, cancellation);
        var current = made.Previous;
        var isNew = current is null || !RunCommit.Same(current, made.Version);
        var damaged = !isNew && PublishedCheck.DeleteDamaged(store, current!, threads, progress, cancellation);
        if (damaged)
        {
            made = Make(store, day, cancellation);
            isNew = true;
        }

        cancellation.ThrowIfCancellationRequested();
        var (plan, version) = (made.Plan, made.Version);
        if (isNew) RequireKept(store, current, version, plan, made.Stages, watch);
        if (isNew) version = version with { Number = RunCommit.Commit(store, version, made => ExportLog.Record(store, made, time)) };
        else version = Unchanged(store, current!);
        if (damaged && !PublishedCheck.IsWhole(store, current!, cancellation))
        {
            // Its content is in the new version; it must not be published again with damaged files.
            store.Delete(current!.Number);
            progress.Note($"Version {RunStore.Name(current.Number)} was deleted, because its files were damaged.");
        }

        Retention.Clean(store, settings.Keep, InputsOf(plan));
        int[] trained = [.. plan.Train.SelectMany(task => task.Units).Where(unit => version.Units[unit].Rejected is null)];
        var outcome =
            new RunOutcome(version, isNew, trained.Length, trained.Count(unit => plan.Units[unit].Before is not null),
                plan.Brackets.Sum(task => task.Units.Count), made.Stages.Sum(stage => stage.Tasks.Count), made.TasksRun);
        RunLog.Add(store, time, watch.Elapsed, outcome, made.Seconds);
        return outcome;
    }

    // A run that failed after its switch may have left names that are not on the disk yet; this one acknowledges them.
    private static RunVersion Unchanged(RunStore store, RunVersion current)
    {
        store.SyncNames();
        return current;
    }

    /// <summary>Plans, runs the missing tasks, and describes the version that they make.</summary>
    private MadeVersion Make(RunStore store, DateOnly? day, CancellationToken cancellation)
    {
        var (plan, stages, previous) = Prepare(store, day, cancellation);
        plan.Keep(store);
        var missing = stages.Sum(stage => stage.Missing(store.Objects).Count);
        using var context = new StageContext(store, plan, threads, cancellation);
        var seconds = new Dictionary<string, double>();
        foreach (var stage in stages) seconds[stage.Name] = RunStage(context, stage);
        return new MadeVersion(plan, stages, RunCommit.Describe(context, previous), previous, missing, seconds);
    }

    private (RunPlan Plan, IReadOnlyList<Stage> Stages, RunVersion? Previous) Prepare(RunStore store, DateOnly? day, CancellationToken cancellation)
    {
        store.DeleteUnfinished();
        var forgotten = store.ReadForgotten();
        VersionsWithout.Rewrite(store, forgotten, out var damaged, cancellation);
        if (damaged is not null) throw damaged;
        var noting = settings with { Columns = settings.Columns.Noting(progress) };
        var planner = new RunPlanner(noting, store, day ?? DateOnly.FromDateTime(time.GetLocalNow().Date), threads);
        RunPlan plan;
        using (var reading = progress.Start("Reading seed lists"))
        {
            plan = planner.Plan(
                forgotten, bytes => progress.Note($"Reading seed lists needs up to about {Math.Ceiling(bytes / 1e6):N0} MB of memory."),
                reading.Report, cancellation);
        }

        // The memory of reading is released first, because training cannot reuse it.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var stages = Stage.Of(plan);
        Describe(store, plan, planner.Previous?.Units.Count ?? 0, stages);
        return (plan, stages, planner.Previous);
    }

    /// <summary>Refuses to publish a version that has lost too many audiences, and records that; finished tasks are kept for the next
    /// run.</summary>
    private void RequireKept(RunStore store, RunVersion? current, RunVersion version, RunPlan plan, IReadOnlyList<Stage> stages,
        Stopwatch watch)
    {
        try
        {
            KeptAudiences.Require(current, version, plan, settings.MinimumKept);
        }
        catch (KindredException refused)
        {
            Retention.Clean(store, settings.Keep,
                stages.SelectMany(stage => stage.Tasks).Select(task => task.Output).Concat(InputsOf(plan)));
            RunLog.Refused(store, time, watch.Elapsed, refused.Message);
            throw;
        }
    }

    private static IEnumerable<string> InputsOf(RunPlan plan) => plan.Units.SelectMany(unit => unit.Exclude).Append(plan.Seeds);

    private double RunStage(StageContext context, Stage stage)
    {
        var missing = stage.Missing(context.Store.Objects);
        if (missing.Count == 0) return 0;
        var watch = Stopwatch.StartNew();
        using var work = progress.Start(stage.Work);
        for (var i = 0; i < missing.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var before = i;
            context.Progress = share => work.Report((before + share) / missing.Count);
            missing[i].Run(context);
            work.Report((i + 1.0) / missing.Count);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private void Describe(RunStore store, RunPlan plan, int previous, IReadOnlyList<Stage> stages)
    {
        var missing = stages.Sum(stage => stage.Missing(store.Objects).Count);
        var lists = plan.Units.Select(unit => unit.List).Distinct().Count();
        var rejected = plan.Units.Count(unit => unit.RejectedNow);
        var train = plan.Train.Sum(task => task.Units.Count);
        var warm = plan.Train.Sum(task => task.Units.Count(unit => plan.Units[unit].Before is not null));
        progress.Note($"{lists:N0} seed {(lists == 1 ? "list" : "lists")}, {plan.Units.Count:N0} models: {train:N0} to train ({warm:N0} from their previous model), {plan.Brackets.Sum(task => task.Units.Count) - train:N0} with new thresholds only, {plan.Units.Count(unit => unit.CarriedOver is { NotDue: true }):N0} not due, {plan.Units.Count(unit => unit.CarriedOver is { NotDue: false } && !unit.RejectedNow):N0} unchanged, {rejected:N0} rejected for too few seeds.");
        if (missing == 0) return;
        DescribeFinished(store, plan, stages);
        var needs = RunNeeds.Of(plan, settings.Population, SeedsOf(store, plan), previous, threads);
        progress.Note($"{missing:N0} tasks need up to {Math.Ceiling(needs.MemoryBytes / 1e6):N0} MB of memory on {threads} threads, and about {Math.Ceiling(needs.DiskBytes / 1e6):N0} MB of disk in {store.Folder}{RunLog.Estimate(store, plan)}.");
        _stated = needs.MemoryBytes;
        needs.RequireDisk(store.Folder);
    }

    /// <summary>Says where the outputs come from that exist already: from versions, as after a roll-back, or from a run that was stopped
    /// or refused.</summary>
    private void DescribeFinished(RunStore store, RunPlan plan, IReadOnlyList<Stage> stages)
    {
        string[] tasks = [.. stages.SelectMany(stage => stage.Tasks).Select(task => task.Output)];
        var finished = tasks.Where(store.Objects.Exists).ToHashSet(StringComparer.Ordinal);
        if (finished.Count == 0) return;
        var published = store.Versions().SelectMany(number => RunVersion.ReadHead(store, number).Outputs).ToHashSet(StringComparer.Ordinal);
        var unpublished = finished.Count(name => !published.Contains(name));
        if (unpublished > 0)
        {
            progress.Note($"Continuing a run that was not published: {unpublished:N0} of {tasks.Length:N0} tasks are finished.");
        }

        var reused = plan.Train.Count(task => finished.Contains(task.Output) && published.Contains(task.Output));
        if (reused > 0)
        {
            progress.Note($"{reused:N0} of {plan.Train.Count:N0} training tasks are not repeated: a version that is kept has their models.");
        }
    }

    private static long SeedsOf(RunStore store, RunPlan plan)
    {
        using var table = SeedTable.Open(store.Objects.PathOf(plan.Seeds), verify: false);
        return plan.Units.Where(RunNeeds.IsUsed).Select(unit => unit.Place).Distinct().Sum(place => (long)table.UsersOf(place));
    }

    private sealed record MadeVersion(RunPlan Plan, IReadOnlyList<Stage> Stages, RunVersion Version, RunVersion? Previous,
        int TasksRun,
        Dictionary<string, double> Seconds);
}
