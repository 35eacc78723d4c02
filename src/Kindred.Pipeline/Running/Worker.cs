using Kindred.Data.Folders;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Runs single tasks of a plan, as an engine does on many machines.</summary>
public static class Worker
{
    /// <summary>The names of stages, in their order.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["train", "bracket", "score", "threshold", "members", "lists", "index"];

    /// <summary>Runs one task; does nothing if its output exists.</summary>
    /// <param name="store">The store.</param>
    /// <param name="planFile">The plan.</param>
    /// <param name="stage">One of <see cref="Stages"/>.</param>
    /// <param name="index">The number of the task in its stage, from 0.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="cancellation">Stops; nothing is left behind.</param>
    /// <returns>The name of its output, and true if this call made it.</returns>
    /// <exception cref="KindredException">The plan, stage or task does not exist, or one of its inputs is missing or damaged.</exception>
    public static (string Output, bool Made) Run(RunStore store, string planFile, string stage, int index, int threads,
        CancellationToken cancellation = default)
    {
        var plan = RunPlan.Read(planFile);
        var tasks = Stage.Of(plan).First(known => known.Name == stage).Tasks;
        if (index < 0 || index >= tasks.Count)
        {
            throw new KindredException(ErrorKind.Usage, "task_not_found",
                FormattableString.Invariant(
                    $"Stage '{stage}' of {planFile} has {tasks.Count:N0} tasks, numbered from 0; there is no task {index}."), "");
        }

        RequireCurrentPlan();
        var made = !store.Objects.Exists(tasks[index].Output);
        using var context = new StageContext(store, plan, threads, cancellation);
        if (!made) return (tasks[index].Output, made);

        // A killed worker's files are its successor's to delete: the run that publishes may come much later, or never.
        PendingFolder.DeleteAbandoned(store.Objects.Folder);
        tasks[index].Run(context);
        try
        {
            RequireCurrentPlan();
            return (tasks[index].Output, made);
        }
        catch (KindredException)
        {
            // An output made during a deletion may contain the deleted users.
            store.Objects.Delete(tasks[index].Output);
            throw;
        }

        void RequireCurrentPlan()
        {
            if (store.ReadForgotten().Digest == plan.Forgotten) return;
            throw new KindredException(ErrorKind.BadInput, "plan_outdated",
                $"Users were permanently deleted since {planFile} was made, so its tasks are outdated.", "Plan again.");
        }
    }
}
