using Kindred.Experiments;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulated users of one arm with known true values: spending, sign-ups, impressions, clicks and page load times.</summary>
/// <remarks>
/// Spending: 15% are buyers, each with a lasting log-normal level. Clicks: impressions are log-normal, and click rates fall with
/// them. Pages: the number of pages varies, and load times are log-normal and depend on the user.
/// </remarks>
public sealed class SimulatedArm
{
    public const double Quantile = 0.9;

    private const double Buyers = 0.15, Purchases = 2, LevelSpread = 1;
    private const double SignUps = 0.05;
    private const double Impressions = 8, ActivitySpread = 1, ClickRate = 0.05, ClickSpread = 0.6, ClickFall = 0.3;
    private const double PageTime = 200, UserSpread = 0.5, PageSpread = 0.6;

    private SimulatedArm()
    {
    }

    public static double Spend { get; } = Buyers * Purchases * Math.Exp(LevelSpread * LevelSpread / 2);

    public static double SignUp => SignUps;

    /// <summary>E[a^(1 − fall)] / E[a] times the mean rate, a being log-normal.</summary>
    public static double Clicks { get; } =
        ClickRate * Math.Exp(ActivitySpread * ActivitySpread * ((1 - ClickFall) * (1 - ClickFall) - 1) / 2);

    public static double PageQuantile { get; } =
        PageTime * Math.Exp(NormalDistribution.Quantile(Quantile) * Math.Sqrt(UserSpread * UserSpread + PageSpread * PageSpread));

    /// <summary>Spending, with pre-period spending.</summary>
    public required MetricMoments Spending { get; init; }

    /// <summary>Sign-ups.</summary>
    public required MetricMoments SigningUp { get; init; }

    /// <summary>Clicks and impressions, with those of the pre-period.</summary>
    public required MetricMoments Clicking { get; init; }

    /// <summary>Page load times.</summary>
    public required QuantileSketch Pages { get; init; }

    /// <summary>Pages at or below the quantile, and all pages.</summary>
    public required MetricMoments FastPages { get; init; }

    /// <summary>Draws an arm.</summary>
    /// <param name="random">The source of random numbers.</param>
    /// <param name="units">Number of users.</param>
    /// <param name="effect">The relative lift of every metric.</param>
    public static SimulatedArm Draw(ref SeededRandom random, int units, double effect)
    {
        UnitSums spending = new(), signingUp = new(), clicking = new();
        var sketch = new QuantileSketch();
        var pages = new double[units][];
        for (var unit = 0; unit < units; unit++)
        {
            DrawSpending(ref random, 1 + effect, spending);
            signingUp.Add(random.NextDouble() < SignUps * (1 + effect) ? 1 : 0);
            DrawClicks(ref random, 1 + effect, clicking);
            pages[unit] = DrawPages(ref random, 1 + effect);
            foreach (var page in pages[unit]) sketch.Add(page);
        }

        var quantile = sketch.Quantile(Quantile);
        var fast = new UnitSums();
        foreach (var unit in pages) fast.Add(unit.Count(page => page <= quantile), unit.Length);
        return new SimulatedArm
        {
            Spending = spending.Moments,
            SigningUp = signingUp.Moments,
            Clicking = clicking.Moments,
            Pages = sketch,
            FastPages = fast.Moments,
        };
    }

    private static void DrawSpending(ref SeededRandom random, double factor, UnitSums sums)
    {
        var level = random.NextDouble() < Buyers ? Math.Exp(LevelSpread * random.NextGaussian()) : 0;
        if (level == 0) sums.Add(0);
        else sums.Add(factor * level * random.NextPoisson(Purchases), 1, level * random.NextPoisson(Purchases));
    }

    private static void DrawClicks(ref SeededRandom random, double factor, UnitSums sums)
    {
        var logOfActivity = ActivitySpread * random.NextGaussian();
        var mean = Impressions * Math.Exp(logOfActivity);
        var rate = ClickRate * Math.Exp(ClickSpread * random.NextGaussian() - ClickSpread * ClickSpread / 2 - ClickFall * logOfActivity);
        int seen = random.NextPoisson(mean), seenBefore = random.NextPoisson(mean);
        var clicks = random.NextBinomial(seen, Math.Min(1, factor * rate));
        sums.Add(clicks, seen, random.NextBinomial(seenBefore, Math.Min(1, rate)), seenBefore);
    }

    private static double[] DrawPages(ref SeededRandom random, double factor)
    {
        var count = random.NextPoisson(3 * Math.Exp(0.8 * random.NextGaussian()));
        var level = factor * PageTime * Math.Exp(UserSpread * random.NextGaussian());
        var pages = new double[count];
        for (var i = 0; i < count; i++) pages[i] = level * Math.Exp(PageSpread * random.NextGaussian());
        return pages;
    }
}
