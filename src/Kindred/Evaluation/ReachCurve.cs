using Kindred.Audiences;

namespace Kindred.Evaluation;

/// <summary>The trade-off between reach and similarity of a seed list's audiences: the expected quality at each size.</summary>
/// <remarks>
/// Audiences are nested, so recall never falls with the size. Lift and percentile mean the same for every list; the probability of being a
/// seed grows with the size of the list, so compare it only with its prevalence.
/// </remarks>
/// <param name="SeedListId">The list.</param>
/// <param name="Seeds">Its users in the population.</param>
/// <param name="HeldOut">Those seeds that were ranked: active users of the target, each held out once.</param>
/// <param name="Candidates">Active users of the target: sizes are shares of them.</param>
/// <param name="Points">Ascending by size; sizes with the same number of users appear once.</param>
public sealed record ReachCurve(string SeedListId, int Seeds, int HeldOut, long Candidates, IReadOnlyList<ReachPoint> Points)
{
    /// <summary>Share of the candidates who are seeds.</summary>
    public double Prevalence => (double)HeldOut / Candidates;

    /// <summary>The point of the largest size that is not above a share; the smallest size if all are above it.</summary>
    public ReachPoint At(double share) => Points.LastOrDefault(point => point.Share <= share) ?? Points[0];

    /// <summary>Computes the curve from cross-fitted ranks.</summary>
    /// <param name="seedListId">The list.</param>
    /// <param name="seeds">Its users in the population.</param>
    /// <param name="candidates">Active users of the target.</param>
    /// <param name="shares">Ascending sizes.</param>
    /// <param name="folds">At least one fold; all folds together have at least one held-out user.</param>
    public static ReachCurve Of(string seedListId, int seeds, long candidates, IReadOnlyList<double> shares, IReadOnlyList<FoldRanks> folds)
    {
        var held = folds.Sum(fold => fold.Ranks.Count);
        var sizes = shares.Select(share => (Share: share, Users: AudienceSize.OfShare(share).Of(candidates)))
            .GroupBy(size => size.Users).Select(same => same.Last()).ToArray();
        var bands = new Band[sizes.Length];
        for (var i = 0; i < sizes.Length; i++) bands[i] = Band.Of(folds, i == 0 ? 0 : sizes[i - 1].Users, sizes[i].Users);

        var smooth = MonotoneRates.Falling([.. bands.Select(band => (double)band.Found)], [.. bands.Select(band => band.ByChance)]);
        var points = new ReachPoint[sizes.Length];
        var (found, byChance) = (0, 0.0);
        for (var i = 0; i < sizes.Length; i++)
        {
            found += bands[i].Found;
            byChance += bands[i].ByChance;
            points[i] = Point(sizes[i].Share, sizes[i].Users, found, held, byChance, bands[i], smooth[i], folds);
        }

        return new ReachCurve(seedListId, seeds, held, candidates, points);
    }

    private static ReachPoint Point(
        double share, long users, int found, int held, double byChance, Band band, double smooth, IReadOnlyList<FoldRanks> folds)
    {
        var (low, high) = WilsonInterval.Of(found, held);
        var selected = folds.Sum(fold => Math.Min(users, fold.Ranked));
        var ranked = folds.Sum(fold => fold.Ranked);

        // The numbers of found seeds at the ends of the band, rounded outwards to whole users.
        // If few other users are left to rank, the selected users contain at least this many seeds.
        var most = (int)Math.Min(Math.Ceiling(high * held), Math.Min(held, selected));
        var fewest = (int)Math.Min(most, Math.Max(Math.Floor(low * held), selected - (ranked - held)));
        double Precision(int seeds) => ExpansionMetrics.Precision(seeds, held, selected, ranked, out _);

        // Held-out users are a sample of the seeds, one fold at a time: a band of w users with h held-out users contains about folds · h
        // seeds.
        var expected = smooth * band.ByChance;
        var others = (band.Width - expected) / folds.Count;
        var probability = expected > 0 ? Math.Clamp(expected / (expected + Math.Max(0, others)), 0, 1) : 0;
        return new ReachPoint(
            share, users, ExpansionMetrics.Recall(found, held), low, high, Precision(found), Precision(fewest), Precision(most),
            byChance > 0 ? found / byChance : 0, band.ByChance > 0 ? band.Found / band.ByChance : 0, smooth, probability,
            100 * (1 - (double)selected / ranked));
    }

    /// <summary>The users between two sizes, all folds together.</summary>
    /// <param name="Width">The number of users.</param>
    /// <param name="Found">Held-out users among them.</param>
    /// <param name="ByChance">The expected number among random users.</param>
    private readonly record struct Band(long Width, int Found, double ByChance)
    {
        public static Band Of(IReadOnlyList<FoldRanks> folds, long from, long to)
        {
            var (width, found, byChance) = (0L, 0, 0.0);
            foreach (var fold in folds)
            {
                var wide = Math.Min(to, fold.Ranked) - Math.Min(from, fold.Ranked);
                width += wide;
                found += fold.Ranks.Count(rank => rank > from && rank <= to);
                byChance += fold.Ranks.Count * (double)wide / fold.Ranked;
            }

            return new Band(width, found, byChance);
        }
    }
}
