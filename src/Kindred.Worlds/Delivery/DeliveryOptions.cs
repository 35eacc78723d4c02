using System.ComponentModel.DataAnnotations;

namespace Kindred.Worlds.Delivery;

/// <summary>The market that a simulated online test takes place in. Money is in euros.</summary>
/// <remarks>Nothing in it depends on which system made an audience: arms differ by who is in which audience alone.</remarks>
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

    /// <summary>Ad slots of a user of average activity a day; others in proportion to theirs, up to 40.</summary>
    /// <value>Slots. Default 3.</value>
    [Range(0.01, 40.0)]
    public double SlotsPerDay { get; init; } = 3;

    /// <summary>The median over slots of what the best of all other ads bids for a thousand impressions: the reserve of ours.</summary>
    /// <value>Euros. Default 4.</value>
    [Range(0.0001, 10_000.0)]
    public double CompetingBid { get; init; } = 4;

    /// <summary>The deviation of the logarithm of that bid.</summary>
    /// <value>Default 0.7.</value>
    [Range(0.0, 5.0)]
    public double CompetingSpread { get; init; } = 0.7;

    /// <summary>The median over advertisers of what a click is worth to them.</summary>
    /// <value>Euros. Default 0.5.</value>
    [Range(0.0001, 10_000.0)]
    public double ValuePerClick { get; init; } = 0.5;

    /// <summary>The deviation of the logarithm of that value.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 5.0)]
    public double ValueSpread { get; init; } = 0.4;

    /// <summary>The share of the advertisers who pay for clicks; the others pay for impressions. They bid alike.</summary>
    /// <value>A share. Default 0.5.</value>
    [Range(0.0, 1.0)]
    public double ClickBilledShare { get; init; } = 0.5;

    /// <summary>How far the ad server's forecast of clicks is from the truth: the deviation of its logarithm, drawn once a user and advertiser.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 5.0)]
    public double PredictionSpread { get; init; } = 0.4;

    /// <summary>The median over advertisers of what they spend at most a day, for each user of an audience of the size that is asked for.</summary>
    /// <value>Euros. Default 0.015: no advertiser comes to the end of it. With a tenth of that half of them do, and everybody in an arm sees less of one
    /// whose budget has ended: users of an arm are then not independent, and no analysis by user is right about how often they see ads.</value>
    [Range(0.0, 1_000.0)]
    public double BudgetPerUser { get; init; } = 0.015;

    /// <summary>The deviation of the logarithm of that budget.</summary>
    /// <value>Default 0.6.</value>
    [Range(0.0, 5.0)]
    public double BudgetSpread { get; init; } = 0.6;

    /// <summary>How often a user has seen an advertiser when he clicks half as often as at first.</summary>
    /// <value>Impressions. Default 20.</value>
    [Range(0.1, 1_000_000.0)]
    public double FatigueImpressions { get; init; } = 20;

    /// <summary>The seed of everything random in the market; the world has its own.</summary>
    /// <value>Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days in all.</summary>
    public int AllDays => PreDays + Days;
}
