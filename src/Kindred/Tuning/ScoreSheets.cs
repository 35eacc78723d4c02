using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Trains methods on split lists of one population and records how each method ranks the held-out users.</summary>
/// <param name="population">The users.</param>
/// <param name="context">The candidates that negatives and ranked users are drawn from.</param>
/// <param name="options">The options.</param>
internal sealed class ScoreSheets(Population population, TrainingContext context, TuningOptions options)
{
    /// <summary>Makes one sheet per split, and one scorer per method that shows its cost.</summary>
    /// <param name="splits">Lists with their held-out users; at least one held-out user of each list is a candidate.</param>
    /// <param name="methods">The methods to try.</param>
    /// <param name="done">Called after each method.</param>
    /// <param name="cancellation">Stops.</param>
    public (ScoreSheet[] Sheets, IStoredScorer[] Examples) Of(IReadOnlyList<HoldOut> splits, IReadOnlyList<TuningVariant> methods,
        Action? done, CancellationToken cancellation)
    {
        var (ranked, rows) = Rows(splits);
        using var sample = PopulationSubset.Of(population, ranked);
        var scores = splits.Select(_ => new float[methods.Count][]).ToArray();
        var examples = new IStoredScorer[methods.Count];
        for (var m = 0; m < methods.Count; m++)
        {
            var models = ModelTraining.TrainAll(
                methods[m].Create(1, options.Seed), [.. splits.Select(split => split.Training)], new SampleWeightOptions(), context,
                options.Threads, null, cancellation);
            var all = SampleScores.Of(sample, [.. models.Select(model => model.Scorer)], options.Threads, cancellation);
            for (var s = 0; s < splits.Count; s++) scores[s][m] = Standardized(Array.ConvertAll(rows[s], row => all[s][row]));
            examples[m] = (IStoredScorer)models.MaxBy(model => model.Scorer.CostPerPair)!.Scorer;
            done?.Invoke();
        }

        return ([.. splits.Select((split, s) => new ScoreSheet(
            split.Training.List.Id, split.Training.Users.Count, split.Held.Users.Count, scores[s]))], examples);
    }

    /// <summary>The users to score, and their rows for each split: held-out users, then sampled candidates who are not on the
    /// list.</summary>
    private (List<UserRow> Users, int[][] Rows) Rows(IReadOnlyList<HoldOut> splits)
    {
        var users = new List<UserRow>();
        var rowOf = new Dictionary<UserRow, int>();
        foreach (var user in SampleScores.Sample(context.Pool, options.RankedUsers, options.Seed)) Add(user);
        var sampled = users.Count;
        foreach (var split in splits)
        {
            foreach (var user in split.Held.Users) Add(user);
        }

        var rows = splits.Select(split =>
        {
            var held = split.Held.Users.Select(user => rowOf[user]).ToArray();
            var onList = split.Training.Users.Concat(split.Held.Users).ToHashSet();
            return (int[])[.. held, .. Enumerable.Range(0, sampled).Where(row => !onList.Contains(users[row]))];
        }).ToArray();
        return (users, rows);

        void Add(UserRow user)
        {
            if (rowOf.TryAdd(user, users.Count)) users.Add(user);
        }
    }

    private static float[] Standardized(float[] scores)
    {
        var (mean, deviation) = SampleScores.MeanAndDeviation(scores);
        for (var i = 0; i < scores.Length; i++) scores[i] = (float)((scores[i] - mean) / deviation);
        return scores;
    }
}
