namespace Kindred.Worlds.Delivery;

/// <summary>What a user does when he sees an ad, by his true affinity to the advertiser.</summary>
/// <remarks>
/// Straight lines between what an ad gets from those whom it does not suit at all and those whom it suits best, chosen by what ads in feeds
/// commonly get: 0.2 to 2% clicks, 0.05 to 0.3% hides, a third to most of the clicks good, few purchases.
/// </remarks>
internal static class AdResponse
{
    /// <summary>Chance of a click on an ad that was never seen before.</summary>
    public static double Click(double affinity) => 0.002 + (0.018 * affinity);

    /// <summary>What repeats leave of that chance.</summary>
    /// <param name="seen">How often the user has seen this advertiser before.</param>
    /// <param name="half">After how many impressions half is left.</param>
    public static double Fatigue(int seen, double half) => half / (half + seen);

    /// <summary>Chance of a hide by a user who does not click; hides do not wear off.</summary>
    public static double Hide(double affinity) => 0.0005 + (0.0025 * (1 - affinity) * (1 - affinity));

    /// <summary>Chance that a click is a good one.</summary>
    public static double GoodClick(double affinity) => 0.35 + (0.5 * affinity);

    /// <summary>Chance of a purchase after a good click.</summary>
    public static double Purchase(double affinity) => 0.02 + (0.08 * affinity);

    /// <summary>What a purchase is worth: log-normal, 40 euros in the median.</summary>
    /// <param name="gaussian">A number of the standard normal distribution.</param>
    public static float PurchaseValue(double gaussian) => (float)(40 * Math.Exp(0.8 * gaussian));
}
