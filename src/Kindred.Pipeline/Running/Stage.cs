using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Stages;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>One task of a plan.</summary>
/// <param name="Output">The name of its output; the task is finished when the output exists.</param>
/// <param name="Run">Makes the output.</param>
internal sealed record StageTask(string Output, Action<StageContext> Run);

/// <summary>A stage of a plan. Each stage depends on the earlier ones; its tasks may run in any order, on any machine, and more than
/// once.</summary>
/// <param name="Name">The name for workers.</param>
/// <param name="Work">The name for people, as shown with progress.</param>
/// <param name="Tasks">Its tasks.</param>
internal sealed record Stage(string Name, string Work, IReadOnlyList<StageTask> Tasks)
{
    /// <summary>The stages of a plan.</summary>
    public static IReadOnlyList<Stage> Of(RunPlan plan)
    {
        var batches = Enumerable.Range(0, plan.Brackets.Count);
        var shards = Enumerable.Range(0, plan.Shards);
        return
        [
            new("train", "Training models",
                [.. plan.Train.Select(task => new StageTask(task.Output, context => TrainStage.Run(context, task)))]),
            new("bracket", "Scoring a sample",
                [.. plan.Brackets.Select(task => new StageTask(task.Output, context => BracketStage.Run(context, task)))]),
            // Tasks go shard by shard, so that a shard stays in the system's cache for all batches.
            new("score", "Scoring users", !plan.Exact ? [] : [.. shards.SelectMany(shard => batches.Select(batch =>
                new StageTask(plan.ScoreObject(batch, shard), context => ScoreStage.Run(context, batch, shard))))]),
            new("threshold", "Finding thresholds",
                [.. batches.Select(batch => new StageTask(plan.ThresholdObject(batch), context => ThresholdStage.Run(context, batch)))]),
            new("members", "Finding members", [.. shards.SelectMany(shard => plan.Members.Select(task =>
                new StageTask(OutputNames.OfShard(task.Output, shard), context => MembersStage.Run(context, task, shard))))]),
            new("lists", "Writing lists",
                [.. plan.Lists.Select(task => new StageTask(task.Output, context => ListsStage.Run(context, task)))]),
            new("index", "Writing the index", plan.Index is null ? [] :
            [
                .. shards.Select(shard => new StageTask(OutputNames.OfShard(plan.Index, shard), context => IndexStage.Run(context, shard))),
                new StageTask(plan.Excluded!, IndexStage.RunExcluded),
            ]),
        ];
    }

    /// <summary>Returns the tasks without outputs.</summary>
    public IReadOnlyList<StageTask> Missing(ObjectFolder objects) => [.. Tasks.Where(task => !objects.Exists(task.Output))];
}
