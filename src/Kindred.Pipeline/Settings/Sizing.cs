namespace Kindred.Pipeline.Settings;

/// <summary>How thresholds are found.</summary>
public enum Sizing
{
    /// <summary>Everybody is scored, and audiences have exactly the size that was asked for.</summary>
    Exact,

    /// <summary>A uniform sample is scored, and the size comes with an interval: a hundred times cheaper on 10⁸ users.</summary>
    Sampled,
}
