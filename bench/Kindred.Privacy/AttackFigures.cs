namespace Kindred.Privacy;

/// <summary>How well an attack tells seeds from other users.</summary>
/// <param name="Auc">The chance that a seed is suspected more than a user who is none; ties count half.</param>
/// <param name="Matched">The same against the user who is none and whom models that never saw either place next to the seed: what was learnt beyond likeness. By chance one half.</param>
/// <param name="Found">Share of the seeds who are suspected more than all but one in a thousand of the others.</param>
public sealed record AttackFigures(double Auc, double Matched, double Found)
{
    private const double FalseAlarms = 0.001;

    /// <summary>Figures of one attack on one list.</summary>
    /// <param name="suspicion">[users] the higher, the more an attacker thinks a user is a seed.</param>
    /// <param name="isSeed">[users] the truth.</param>
    /// <param name="placed">[users] scores of models that did not learn from the user: how alike he is to the list.</param>
    public static AttackFigures Of(double[] suspicion, bool[] isSeed, double[] placed)
    {
        int[] seeds = [.. Enumerable.Range(0, isSeed.Length).Where(i => isSeed[i])];
        int[] others = [.. Enumerable.Range(0, isSeed.Length).Where(i => !isSeed[i])];
        return new AttackFigures(AreaUnderCurve(suspicion, isSeed), MatchedOf(suspicion, seeds, others, placed), FoundOf(suspicion, seeds, others));
    }

    /// <summary>The chance that one of those marked has more than one who is not; ties count half.</summary>
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
