namespace Kindred.Privacy;

/// <summary>Users whom an attack names, without saying how sure it is of each.</summary>
/// <param name="Named">How many it names.</param>
/// <param name="Right">How many of them are what it says.</param>
/// <param name="Wanted">How many there are to be named.</param>
public sealed record Suspects(int Named, int Right, int Wanted)
{
    /// <summary>Absentees: who scores above the last member and is not in the audience must be a seed, or excluded.</summary>
    /// <param name="scores">[users] what the attacker thinks that users score.</param>
    /// <param name="export">The audience, without its seeds.</param>
    /// <param name="isSeed">[users] the truth.</param>
    public static Suspects Absent(double[] scores, Export export, bool[] isSeed)
    {
        // Half way between the last two scores, so that rounding of a fit names nobody at the threshold.
        var limit = (export.Scores[^1] + export.Scores[^2]) / 2;
        var members = export.Members.ToHashSet();
        int[] named = [.. Enumerable.Range(0, scores.Length).Where(user => scores[user] > limit && !members.Contains(user))];
        return new Suspects(named.Length, named.Count(user => isSeed[user]), isSeed.Count(seed => seed));
    }

    /// <summary>Leavers: who was in yesterday's audience and is not in today's may have become a seed.</summary>
    /// <param name="yesterday">Yesterday's audience, without its seeds.</param>
    /// <param name="today">Today's.</param>
    /// <param name="joined">[users] who became a seed in between.</param>
    public static Suspects Left(Export yesterday, Export today, bool[] joined)
    {
        int[] left = [.. yesterday.Members.Except(today.Members)];
        return new Suspects(left.Length, left.Count(user => joined[user]), joined.Count(user => user));
    }

    /// <summary>The share of those named who are what it says; NaN where nobody is named.</summary>
    public double Precision => (double)Right / Named;

    /// <summary>Several lists' together.</summary>
    public static Suspects Sum(IEnumerable<Suspects> all) => all.Aggregate(new Suspects(0, 0, 0), (a, b) => new Suspects(a.Named + b.Named, a.Right + b.Right, a.Wanted + b.Wanted));
}
