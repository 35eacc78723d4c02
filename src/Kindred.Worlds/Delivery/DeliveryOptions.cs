using System.ComponentModel.DataAnnotations;

namespace Kindred.Worlds.Delivery;

/// <summary>The market that a simulated online test takes place in. Money is in euros.</summary>
/// <remarks>Nothing here depends on the system that made an audience: arms differ only in the audiences of their users.</remarks>
public sealed record DeliveryOptions
{
    /// <summary>Days before the test, on which all arms are served by the same system.</summary>
    /// <value>Days. Default 14.</value>
    [Range(0, 365)]
    public int PreDays { get; init; } = 14;

    /// <summary>Days of the test.</summary>
    /// <value>Days. Default 14: the act-alike post's two weeks.</value>
    [Range(1, 365)]
    public int Days { get; init; } = 14;

    /// <summary>Ad slots per day of a user of average activity; in proportion for others, up to 40.</summary>
    /// <value>Slots. Default 3.</value>
    [Range(0.01, 40.0)]
    public double SlotsPerDay { get; init; } = 3;

    /// <summary>The median over slots of the best bid of all other ads per thousand impressions: the reserve price.</summary>
    /// <value>Euros. Default 4.</value>
    [Range(0.0001, 10_000.0)]
    public double CompetingBid { get; init; } = 4;

    /// <summary>The deviation of the logarithm of that bid.</summary>
    /// <value>Default 0.7.</value>
    [Range(0.0, 5.0)]
    public double CompetingSpread { get; init; } = 0.7;

    /// <summary>The median over advertisers of the value of a click.</summary>
    /// <value>Euros. Default 0.5.</value>
    [Range(0.0001, 10_000.0)]
    public double ValuePerClick { get; init; } = 0.5;

    /// <summary>The deviation of the logarithm of that value.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 5.0)]
    public double ValueSpread { get; init; } = 0.4;

    /// <summary>The share of advertisers that pay for clicks; the others pay for impressions. Both bid in the same way.</summary>
    /// <value>A share. Default 0.5.</value>
    [Range(0.0, 1.0)]
    public double ClickBilledShare { get; init; } = 0.5;

    /// <summary>The error of the ad server's predicted click rate: the deviation of its logarithm, drawn once per user and
    /// advertiser.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 5.0)]
    public double PredictionSpread { get; init; } = 0.4;

    /// <summary>The median over advertisers of the daily budget per user of an audience of the requested size.</summary>
    /// <value>Euros. Default 0.015: no budget runs out. With a tenth of that, half of the budgets do, and all users of an arm see less of
    /// an advertiser whose budget ran out: users of an arm are then not independent, and an analysis by user is wrong about how often they
    /// see ads.</value>
    [Range(0.0, 1_000.0)]
    public double BudgetPerUser { get; init; } = 0.015;

    /// <summary>The deviation of the logarithm of that budget.</summary>
    /// <value>Default 0.6.</value>
    [Range(0.0, 5.0)]
    public double BudgetSpread { get; init; } = 0.6;

    /// <summary>The number of impressions of an advertiser after which a user clicks half as often as at first.</summary>
    /// <value>Impressions. Default 20.</value>
    [Range(0.1, 1_000_000.0)]
    public double FatigueImpressions { get; init; } = 20;

    /// <summary>The seed of everything random in the market; the world has its own.</summary>
    /// <value>Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days in all.</summary>
    public int AllDays => PreDays + Days;
}
