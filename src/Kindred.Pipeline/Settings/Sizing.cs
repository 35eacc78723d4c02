namespace Kindred.Pipeline.Settings;

/// <summary>The way of finding thresholds.</summary>
public enum Sizing
{
    /// <summary>Scores all users; audiences have exactly the requested size.</summary>
    Exact,

    /// <summary>Scores a uniform sample; sizes come with an interval. A hundred times cheaper on 10⁸ users.</summary>
    Sampled,
}
