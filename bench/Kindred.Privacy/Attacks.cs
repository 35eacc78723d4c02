using Kindred.Insight;
using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Privacy;

/// <summary>Attacks on published output. The attacker has all users' embeddings and the platform's tools, but none of its models.</summary>
public static class Attacks
{
    private const int Folds = 3;

    /// <summary>Scores of models that the attacker trains with the audiences as seed lists.</summary>
    /// <returns>[audiences][users]</returns>
    public static double[][] Surrogates(Crowd crowd, IReadOnlyList<Export> exports, int threads) => ScoresOf(
        crowd,
        [.. exports.Select((export, i) => SeedMatch.Of(
            FormattableString.Invariant($"audience-{i}"), export.Members.Select(member => crowd.Users[member]), crowd.Population))],
        threads);

    /// <summary>Likeness of users to lists, by models that were not trained on the user. Every audience reveals this much.</summary>
    /// <returns>[lists][users]</returns>
    public static double[][] Placed(Crowd crowd, IReadOnlyList<SeedMatch> lists, int threads)
    {
        var splits = lists.Select(list => CrossFit.Folds(list, Folds, 1, crowd.Population)).ToArray();
        var scores = ScoresOf(crowd, [.. splits.SelectMany(split => split.Select(fold => fold.Training))], threads);
        return [.. splits.Select((split, l) =>
        {
            double[] placed = [.. Enumerable.Range(0, crowd.Users.Count)
                .Select(user => Enumerable.Range(0, Folds).Average(fold => scores[l * Folds + fold][user]))];
            for (var fold = 0; fold < Folds; fold++)
            {
                foreach (var user in split[fold].Held.Users)
                {
                    if (crowd.PlaceOf(user) is >= 0 and var place) placed[place] = scores[l * Folds + fold][place];
                }
            }

            return placed;
        })];
    }

    /// <summary>Suspicion for an audience without its seeds: suspects should be in the audience but are not.</summary>
    /// <param name="scores">[users] scores as the attacker estimates them.</param>
    /// <param name="export">The audience.</param>
    public static double[] Absent(double[] scores, Export export)
    {
        var suspicion = (double[])scores.Clone();
        foreach (var member in export.Members) suspicion[member] = double.NegativeInfinity;
        return suspicion;
    }

    /// <summary>Suspicion for an audience that may include seeds: members rank before all other users, by score.</summary>
    /// <param name="scores">[users] scores as the attacker estimates them.</param>
    /// <param name="export">The audience.</param>
    public static double[] Present(double[] scores, Export export)
    {
        var (suspicion, above) = ((double[])scores.Clone(), scores.Max() - scores.Min() + 1);
        foreach (var member in export.Members) suspicion[member] += above;
        return suspicion;
    }

    /// <summary>Suspicion from a list's insight page: suspects have the items that set the list apart.</summary>
    public static double[] Insight(Crowd crowd, SeedInspection page)
    {
        var items = Enumerable.Range(0, crowd.Population.Items.Count)
            .ToDictionary(crowd.Population.Items.GetString, StringComparer.Ordinal);
        var weights = page.Features.Where(feature => feature.Kind == FeatureKind.Item && items.ContainsKey(feature.Name))
            .ToDictionary(feature => items[feature.Name], feature => Math.Log(feature.Lift));
        return [.. crowd.Users.Select(user =>
        {
            var sum = 0.0;
            foreach (var item in crowd.Population.Shards[user.Shard].Features!.ColumnsOf(user.Row)) sum += weights.GetValueOrDefault(item);
            return sum;
        })];
    }

    private static double[][] ScoresOf(Crowd crowd, SeedMatch[] lists, int threads)
    {
        var models = ModelTraining.TrainAll(new LinearMethod(new MlpOptions()), lists, new SampleWeightOptions(),
            TrainingContext.For(crowd.Population), threads);
        var scores = new double[models.Length][];
        Parallel.For(0, models.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => scores[i] = crowd.Score(models[i].Scorer));
        return scores;
    }
}
