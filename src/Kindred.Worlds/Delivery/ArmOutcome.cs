namespace Kindred.Worlds.Delivery;

/// <summary>What came of the days of a test in one arm, the days before it left out.</summary>
public sealed record ArmOutcome
{
    /// <summary>Users in the arm.</summary>
    public required long Users { get; init; }

    /// <summary>[advertisers] those of them who are in the advertiser's audience.</summary>
    public required IReadOnlyList<long> AudienceUsers { get; init; }

    /// <summary>Users who are in any audience.</summary>
    public required long UsersInAudiences { get; init; }

    /// <summary>Users who saw an ad.</summary>
    public required long UsersReached { get; init; }

    /// <summary>Users whom an advertiser paid for.</summary>
    public required long UsersPaidFor { get; init; }

    /// <summary>Ads shown.</summary>
    public required long Impressions { get; init; }

    /// <summary>Clicks.</summary>
    public required long Clicks { get; init; }

    /// <summary>Good clicks.</summary>
    public required long GoodClicks { get; init; }

    /// <summary>Hides.</summary>
    public required long Hides { get; init; }

    /// <summary>Purchases.</summary>
    public required long Purchases { get; init; }

    /// <summary>What purchases were worth, in euros.</summary>
    public required double PurchaseValue { get; init; }

    /// <summary>Mean true affinity of the users to what they were shown, over impressions; NaN without any.</summary>
    public required double MeanAffinity { get; init; }

    /// <summary>Clicks that were to be expected of the impressions: without the chance of who clicked.</summary>
    public required double ExpectedClicks { get; init; }

    /// <summary>Good clicks to be expected.</summary>
    public required double ExpectedGoodClicks { get; init; }

    /// <summary>Hides to be expected.</summary>
    public required double ExpectedHides { get; init; }

    /// <summary>[advertisers] what the arm could have spent, in euros.</summary>
    public required IReadOnlyList<double> Budgets { get; init; }

    /// <summary>[advertisers] what it spent: never more, on any day.</summary>
    public required IReadOnlyList<double> Spent { get; init; }

    /// <summary>What advertisers paid: the revenue of the platform, in euros.</summary>
    public double Revenue => Spent.Sum();
}
