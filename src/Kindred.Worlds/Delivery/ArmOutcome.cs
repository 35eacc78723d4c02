namespace Kindred.Worlds.Delivery;

/// <summary>The outcome of a test in one arm, without the days before the test.</summary>
public sealed record ArmOutcome
{
    /// <summary>Users in the arm.</summary>
    public required long Users { get; init; }

    /// <summary>[advertisers] users of the arm in the advertiser's audience.</summary>
    public required IReadOnlyList<long> AudienceUsers { get; init; }

    /// <summary>Users who are in any audience.</summary>
    public required long UsersInAudiences { get; init; }

    /// <summary>Users who saw an ad.</summary>
    public required long UsersReached { get; init; }

    /// <summary>Users that an advertiser paid for.</summary>
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

    /// <summary>The value of all purchases, in euros.</summary>
    public required double PurchaseValue { get; init; }

    /// <summary>The mean true affinity of users to the advertisers they saw, over impressions; NaN without any.</summary>
    public required double MeanAffinity { get; init; }

    /// <summary>Expected clicks of the impressions, without the chance of who clicked.</summary>
    public required double ExpectedClicks { get; init; }

    /// <summary>Expected good clicks.</summary>
    public required double ExpectedGoodClicks { get; init; }

    /// <summary>Expected hides.</summary>
    public required double ExpectedHides { get; init; }

    /// <summary>[advertisers] the arm's budget, in euros.</summary>
    public required IReadOnlyList<double> Budgets { get; init; }

    /// <summary>[advertisers] the arm's spend, in euros: on no day above the budget.</summary>
    public required IReadOnlyList<double> Spent { get; init; }

    /// <summary>The revenue of the platform: all that advertisers paid, in euros.</summary>
    public double Revenue => Spent.Sum();
}
