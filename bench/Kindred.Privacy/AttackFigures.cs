namespace Kindred.Privacy;

/// <summary>Measures of how well an attack separates seeds from other users.</summary>
/// <param name="Auc">The probability that a random seed is more suspicious than a random other user; ties count half.</param>
/// <param name="Matched">The same against the non-seed that is most alike to the seed, judged by models that saw neither. It measures what
/// the attack learns beyond likeness; 0.5 by chance.</param>
/// <param name="Found">The share of seeds that an attacker finds at a false-positive rate of 1 in 1,000.</param>
public sealed record AttackFigures(double Auc, double Matched, double Found)
{
    private const double FalseAlarms = 0.001;

    /// <summary>Figures of one attack on one list.</summary>
    /// <param name="suspicion">[users] the attacker's suspicion that a user is a seed; higher is more suspicious.</param>
    /// <param name="isSeed">[users] the truth.</param>
    /// <param name="placed">[users] likeness to the list: scores of models that were not trained on the user.</param>
    public static AttackFigures Of(double[] suspicion, bool[] isSeed, double[] placed)
    {
        int[] seeds = [.. Enumerable.Range(0, isSeed.Length).Where(i => isSeed[i])];
        int[] others = [.. Enumerable.Range(0, isSeed.Length).Where(i => !isSeed[i])];
        return new AttackFigures(AreaUnderCurve(suspicion, isSeed), MatchedOf(suspicion, seeds, others, placed),
            FoundOf(suspicion, seeds, others));
    }

    /// <summary>The probability that a random marked user has a higher value than a random unmarked one; ties count half.</summary>
    public static double AreaUnderCurve(double[] values, bool[] marked)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var (ranks, count) = (0.0, 0L);
        for (var first = 0; first < order.Length;)
        {
            var end = first;
            while (end < order.Length && values[order[end]] == values[order[first]]) end++;
            for (var i = first; i < end; i++)
            {
                if (!marked[order[i]]) continue;
                ranks += (first + end - 1) / 2.0;
                count++;
            }

            first = end;
        }

        return (ranks - count * (count - 1) / 2.0) / ((double)count * (values.Length - count));
    }

    private static double MatchedOf(double[] suspicion, int[] seeds, int[] others, double[] placed)
    {
        int[] byPlace = [.. others.OrderBy(i => placed[i])];
        double[] places = [.. byPlace.Select(i => placed[i])];
        var wins = 0.0;
        foreach (var seed in seeds)
        {
            var at = Array.BinarySearch(places, placed[seed]);
            if (at < 0) at = ~at;
            if (at == places.Length || (at > 0 && placed[seed] - places[at - 1] < places[at] - placed[seed])) at--;
            var partner = suspicion[byPlace[at]];
            wins += suspicion[seed] > partner ? 1 : suspicion[seed] == partner ? 0.5 : 0;
        }

        return wins / seeds.Length;
    }

    private static double FoundOf(double[] suspicion, int[] seeds, int[] others)
    {
        double[] ofOthers = [.. others.Select(i => suspicion[i]).OrderDescending()];
        var limit = ofOthers[(int)(FalseAlarms * ofOthers.Length)];
        return seeds.Count(seed => suspicion[seed] > limit) / (double)seeds.Length;
    }
}
