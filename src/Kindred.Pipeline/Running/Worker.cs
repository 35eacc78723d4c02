using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Does single tasks of a plan: what an engine starts on many machines.</summary>
public static class Worker
{
    /// <summary>The names of stages, in their order.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["train", "bracket", "score", "threshold", "members", "lists", "index"];

    /// <summary>Does one task, or nothing if its output is there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="planFile">The plan.</param>
    /// <param name="stage">One of <see cref="Stages"/>.</param>
    /// <param name="index">Number of the task in its stage, from 0.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="cancellation">Stops; nothing is left behind.</param>
    /// <returns>The name of its output, and whether it was made now.</returns>
    /// <exception cref="KindredException">There is no such plan, stage or task, or an input of it is missing or damaged.</exception>
    public static (string Output, bool Made) Run(RunStore store, string planFile, string stage, int index, int threads, CancellationToken cancellation = default)
    {
        var plan = RunPlan.Read(planFile);
        var tasks = Stage.Of(plan).First(known => known.Name == stage).Tasks;
        if (index < 0 || index >= tasks.Count)
        {
            throw new KindredException(ErrorKind.Usage, "task_not_found",
                FormattableString.Invariant($"Stage '{stage}' of {planFile} has {tasks.Count:N0} tasks, numbered from 0; there is no task {index}."), "");
        }

        RequireCurrentPlan();
        var made = !store.Objects.Exists(tasks[index].Output);
        using var context = new StageContext(store, plan, threads, cancellation);
        if (!made) return (tasks[index].Output, made);
        tasks[index].Run(context);
        try
        {
            RequireCurrentPlan();
            return (tasks[index].Output, made);
        }
        catch (KindredException)
        {
            // Output that was made while users were deleted may hold them.
            store.Objects.Delete(tasks[index].Output);
            throw;
        }

        void RequireCurrentPlan()
        {
            if (store.ReadForgotten().Digest == plan.Forgotten) return;
            throw new KindredException(ErrorKind.BadInput, "plan_outdated", $"Users were permanently deleted since {planFile} was made, so its tasks are not done any more.", "Plan again.");
        }
    }
}
