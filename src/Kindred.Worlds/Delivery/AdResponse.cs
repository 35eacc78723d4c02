namespace Kindred.Worlds.Delivery;

/// <summary>A user's response to an ad, by their true affinity to the advertiser.</summary>
/// <remarks>
/// Rates are linear in the affinity, in the range that is common for ads in feeds: 0.2 to 2% clicks, 0.05 to 0.3% hides, a third to most of
/// the clicks good, few purchases.
/// </remarks>
internal static class AdResponse
{
    /// <summary>The probability of a click on an ad that the user has never seen.</summary>
    public static double Click(double affinity) => 0.002 + (0.018 * affinity);

    /// <summary>The factor that repeated impressions leave of that probability.</summary>
    /// <param name="seen">The number of earlier impressions of this advertiser on the user.</param>
    /// <param name="half">The number of impressions after which half is left.</param>
    public static double Fatigue(int seen, double half) => half / (half + seen);

    /// <summary>The probability of a hide by a user who does not click; it does not wear off.</summary>
    public static double Hide(double affinity) => 0.0005 + (0.0025 * (1 - affinity) * (1 - affinity));

    /// <summary>The probability that a click is a good one.</summary>
    public static double GoodClick(double affinity) => 0.35 + (0.5 * affinity);

    /// <summary>The probability of a purchase after a good click.</summary>
    public static double Purchase(double affinity) => 0.02 + (0.08 * affinity);

    /// <summary>The value of a purchase: log-normal, with a median of 40 euros.</summary>
    /// <param name="gaussian">A number of the standard normal distribution.</param>
    public static float PurchaseValue(double gaussian) => (float)(40 * Math.Exp(0.8 * gaussian));
}
