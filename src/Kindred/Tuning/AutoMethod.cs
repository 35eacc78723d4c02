using Kindred.Blends;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>The blend of methods that tuning chose for a list's size.</summary>
/// <param name="choice">The tuning's choice: <see cref="TuningResult.Best"/>.</param>
/// <param name="minimumSeeds">Minimum seeds in the population for a list to be trained.</param>
/// <param name="seed">Seed of everything random.</param>
/// <param name="variantOf">Finds the variant of an id in the choice: <see cref="MethodList.Variant"/>.</param>
public sealed class AutoMethod(TuningChoice choice, int minimumSeeds, ulong seed, Func<string, TuningVariant> variantOf) : IBatchMethod
{
    private const int ScaleUsers = 20_000;

    // Lists whose parts are held at a time, before they are combined into one scorer per list.
    private const int BatchLists = 64;

    /// <inheritdoc/>
    public string Name => "auto";

    /// <inheritdoc/>
    public UserInputs Reads => choice.Blends.SelectMany(blend => blend.Parts)
        .Aggregate(UserInputs.None, (reads, part) => reads | variantOf(part.Method).Reads);

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default) =>
        TrainAll([seeds], [seedWeights], context, 1, null, cancellation)[0];

    /// <inheritdoc/>
    public SeedModel[] TrainAll(
        IReadOnlyList<SeedMatch> lists, IReadOnlyList<float[]> seedWeights, TrainingContext context, int threads,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var list in lists) list.RequireAtLeast(minimumSeeds);
        var users = SampleScores.Sample(context.Pool, ScaleUsers, seed);
        using var sample = PopulationSubset.Of(context.Population, users);
        var models = new List<SeedModel>();
        for (var first = 0; first < lists.Count; first += BatchLists)
        {
            var count = Math.Min(BatchLists, lists.Count - first);
            var before = first;
            var some = lists.Skip(first).Take(count).ToArray();
            var parts = TrainParts(some, [.. seedWeights.Skip(first).Take(count)], context, threads,
                share => progress?.Invoke((before + share * count) / lists.Count), cancellation);
            models.AddRange(some.Select((list, i) => Blend(list, parts[i], users, sample, threads, cancellation)));
        }

        progress?.Invoke(1);
        return [.. models];
    }

    /// <summary>Trains the parts of each list's blend; returns them with their weights.</summary>
    private List<(IStoredScorer Scorer, int Count)>[] TrainParts(
        SeedMatch[] lists, float[][] seedWeights, TrainingContext context, int threads, Action<double> progress,
        CancellationToken cancellation)
    {
        var parts = lists.Select(_ => new List<(IStoredScorer Scorer, int Count)>()).ToArray();
        var blends = lists.Select(list => choice.For(list.Users.Count)).ToArray();
        var needed = blends.SelectMany(blend => blend.Parts).Select(part => part.Method).Distinct().ToArray();
        for (var m = 0; m < needed.Length; m++)
        {
            var those = Enumerable.Range(0, lists.Length).Where(i => blends[i].Parts.Any(part => part.Method == needed[m])).ToArray();
            var models = ModelTraining.TrainAll(
                variantOf(needed[m]).Create(minimumSeeds, seed), [.. those.Select(i => lists[i])], [.. those.Select(i => seedWeights[i])],
                context, threads, share => progress((m + share) / needed.Length), cancellation);
            for (var j = 0; j < those.Length; j++)
            {
                parts[those[j]]
                    .Add(((IStoredScorer)models[j].Scorer, blends[those[j]].Parts.First(part => part.Method == needed[m]).Count));
            }
        }

        return parts;
    }

    /// <summary>Adds scores that are standardised over users who are not on the list, as in tuning.</summary>
    private SeedModel Blend(
        SeedMatch list, List<(IStoredScorer Scorer, int Count)> parts, List<UserRow> users, Population sample, int threads,
        CancellationToken cancellation)
    {
        var seeds = list.Users.ToHashSet();
        var others = Enumerable.Range(0, users.Count).Where(row => !seeds.Contains(users[row])).ToArray();
        var scores = SampleScores.Of(sample, [.. parts.Select(part => part.Scorer)], threads, cancellation);
        var (weights, bias) = (new float[parts.Count], 0.0);
        for (var p = 0; p < weights.Length; p++)
        {
            var (mean, deviation) =
                SampleScores.MeanAndDeviation(others.Length > 0 ? Array.ConvertAll(others, row => scores[p][row]) : scores[p]);
            weights[p] = (float)(parts[p].Count / deviation);
            bias -= parts[p].Count * mean / deviation;
        }

        var scorer = new BlendScorer([.. parts.Select(part => part.Scorer)], weights, (float)bias);
        var report = new Dictionary<string, double> { ["positives"] = list.Users.Count, ["cost_per_pair"] = scorer.CostPerPair };
        return new SeedModel(scorer, report) { Reason = Reason(choice.For(list.Users.Count)) };
    }

    private string Reason(SizeBlend blend) => FormattableString.Invariant(
        $"{Describe(blend)}: chosen on {blend.Lists:N0} {(blend.Lists == 1 ? "list" : "lists")} of {blend.LeastSeeds:N0} to {blend.MostSeeds:N0} seeds. ") + (choice.MeasuredApart
        ? FormattableString.Invariant($"On lists that had no part in the choice, recall was {choice.Recall:F3}; that of the best single method {choice.SingleRecall:F3}.")
        : "There are too few lists to measure the choice on others.");

    /// <summary>A blend in words, such as <c>2 × linear-2.5 + ridge-300</c>.</summary>
    public static string Describe(SizeBlend blend) =>
        string.Join(" + ", blend.Parts.Select(part => part.Count == 1 ? part.Method : $"{part.Count} × {part.Method}"));
}
