using System.Text;
using Kindred.Audiences;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Stages;

/// <summary>Joins the counts of all shards for one batch into exact thresholds. If a bracket missed its threshold, it selects it
/// directly.</summary>
internal static class ThresholdStage
{
    private const string File = "thresholds.json";

    public static void Run(StageContext context, int batch) => context.Store.Objects.Make(context.Plan.ThresholdObject(batch), folder =>
    {
        var results = context.Plan.Exact ? Exact(context, batch) : Sampled(context, batch);
        System.IO.File.WriteAllBytes(Path.Combine(folder, File), Documents.SerialiseLines(results));
        StageFormats.Complete(folder, StageFormats.Thresholds);
    });

    public static TargetResult[][] Read(string folder)
    {
        StageFormats.Require(folder, StageFormats.Thresholds);
        return Documents.Read<TargetResult[][]>(Path.Combine(folder, File), StageFormats.DamagedCode, StageFormats.Remedy);
    }

    private static TargetResult[][] Sampled(StageContext context, int batch) =>
    [
        .. BracketStage.Read(context.Store.Objects.PathOf(context.Plan.Brackets[batch].Output)).Select(unit =>
            unit.Select(target => target.Target with { Sizes = [.. target.Sizes.Select(size => size.Sampled!)] }).ToArray()),
    ];

    private static TargetResult[][] Exact(StageContext context, int batch)
    {
        var task = context.Plan.Brackets[batch];
        TargetResult[][] results =
            [.. BracketStage.Read(context.Store.Objects.PathOf(task.Output))
                .Select(unit => unit.Select(target => target.Target).ToArray())];
        var counts = Enumerable.Range(0, context.Plan.Shards)
            .Select(shard => ScoreStage.Read(context.Store.Objects.PathOf(context.Plan.ScoreObject(batch, shard)))).ToArray();
        var next = 0;
        foreach (var (place, t, of, bracket) in BracketStage.Targets(context, task))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var first = next;
            var ends = bracket.Sizes.Select((size, s) =>
                ExactThreshold.Of(context.Population, size.Users, [.. counts.Select(shard => shard[first + s])])).ToArray();
            next += ends.Length;
            var exact = ends.All(end => end is not null)
                ? [.. ends.Select(end => end!.Value)]
                : ExactThreshold.BySelection(context.Population, of, context.Threads, context.Cancellation);
            results[place][t] = results[place][t] with
            {
                Sizes = [.. bracket.Sizes.Select((size, s) =>
                    new SizeResult(size.Size, size.Users, exact[s].Score,
                        Encoding.UTF8.GetString(context.Population.UserId(exact[s].Last))))],
            };
        }

        return results;
    }
}
