using Kindred.Audiences;
using Kindred.Data.Numpy;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Stages;

/// <summary>Scores one shard for one batch of models: counts the users above each bracket, and keeps the users within.</summary>
internal static class ScoreStage
{
    private const string Above = "above.npy";
    private const string Starts = "inside_starts.npy";
    private const string Rows = "inside_rows.npy";
    private const string Scores = "inside_scores.npy";

    public static void Run(StageContext context, int batch, int shard) =>
        context.Store.Objects.Make(context.Plan.ScoreObject(batch, shard), folder =>
    {
        var targets = BracketStage.Targets(context, context.Plan.Brackets[batch]);
        var (done, pairs) =
            (0L, (double)context.Population.Shards[shard].Count * targets.Select(target => target.Of.Scorer).Distinct().Count());
        var counts = BracketScan.Count(context.Population, shard, [.. targets.Select(target => target.Of)],
            [.. targets.Select(target => target.Bracket.Sizes.Select(size => new ScoreBracket(size.Low, size.High)).ToArray())],
            context.Threads,
            count => context.Progress?.Invoke(Math.Min(1, Interlocked.Add(ref done, count) / pairs)), context.Cancellation);
        BracketCount[] flat = [.. counts.SelectMany(ofTarget => ofTarget)];
        var starts = new long[flat.Length + 1];
        for (var i = 0; i < flat.Length; i++) starts[i + 1] = starts[i] + flat[i].Inside.Length;
        NpyFile.Write<long>(Path.Combine(folder, Above), flat.Select(count => count.Above).ToArray());
        NpyFile.Write<long>(Path.Combine(folder, Starts), starts);
        NpyFile.Write<int>(Path.Combine(folder, Rows), flat.SelectMany(count => count.Inside).Select(user => user.Row).ToArray());
        NpyFile.Write<float>(Path.Combine(folder, Scores), flat.SelectMany(count => count.Inside).Select(user => user.Score).ToArray());
        StageFormats.Complete(folder, StageFormats.Score);
    });

    /// <summary>Reads the counts of a shard, in the order of targets and their sizes.</summary>
    public static BracketCount[] Read(string folder)
    {
        StageFormats.Require(folder, StageFormats.Score);
        using var above = NpyFile.Map<long>(Path.Combine(folder, Above));
        using var starts = NpyFile.Map<long>(Path.Combine(folder, Starts));
        using var rows = NpyFile.Map<int>(Path.Combine(folder, Rows));
        using var scores = NpyFile.Map<float>(Path.Combine(folder, Scores));
        var counts = new BracketCount[above.Memory.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var (first, end) = ((int)starts.Memory.Span[i], (int)starts.Memory.Span[i + 1]);
            var inside = new RankedRow[end - first];
            for (var j = first; j < end; j++) inside[j - first] = new RankedRow(rows.Memory.Span[j], scores.Memory.Span[j]);
            counts[i] = new BracketCount(above.Memory.Span[i], inside);
        }

        return counts;
    }
}
