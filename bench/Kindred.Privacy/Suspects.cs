namespace Kindred.Privacy;

/// <summary>Users whom an attack names, without a confidence for each.</summary>
/// <param name="Named">Number of users that the attack names.</param>
/// <param name="Right">Number of named users about whom the attack is right.</param>
/// <param name="Total">Number of users that a perfect attack would name.</param>
public sealed record Suspects(int Named, int Right, int Total)
{
    /// <summary>Names absentees: absent users who score above the last member must be seeds or excluded users.</summary>
    /// <param name="scores">[users] scores as the attacker estimates them.</param>
    /// <param name="export">The audience, without its seeds.</param>
    /// <param name="isSeed">[users] the truth.</param>
    public static Suspects Absent(double[] scores, Export export, bool[] isSeed)
    {
        // Halfway between the last two scores, so that rounding errors of the fit name no user at the threshold.
        var limit = (export.Scores[^1] + export.Scores[^2]) / 2;
        var members = export.Members.ToHashSet();
        int[] named = [.. Enumerable.Range(0, scores.Length).Where(user => scores[user] > limit && !members.Contains(user))];
        return new Suspects(named.Length, named.Count(user => isSeed[user]), isSeed.Count(seed => seed));
    }

    /// <summary>Names leavers: users of yesterday's audience who are missing from today's may have become seeds.</summary>
    /// <param name="yesterday">Yesterday's audience, without its seeds.</param>
    /// <param name="today">Today's audience, without its seeds.</param>
    /// <param name="joined">[users] true for users who became a seed in between.</param>
    public static Suspects Left(Export yesterday, Export today, bool[] joined)
    {
        int[] left = [.. yesterday.Members.Except(today.Members)];
        return new Suspects(left.Length, left.Count(user => joined[user]), joined.Count(user => user));
    }

    /// <summary>The share of named users about whom the attack is right; NaN if it names none.</summary>
    public double Precision => (double)Right / Named;

    /// <summary>Adds up the results of several lists.</summary>
    public static Suspects Sum(IEnumerable<Suspects> all) =>
        all.Aggregate(new Suspects(0, 0, 0), (a, b) => new Suspects(a.Named + b.Named, a.Right + b.Right, a.Total + b.Total));
}
