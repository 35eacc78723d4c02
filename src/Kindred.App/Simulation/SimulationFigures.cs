using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>The metrics of an online test of ads, from the counts of an arm.</summary>
public static class SimulationFigures
{
    /// <summary>Returns names and values in the order of the act-alike post's Figure 7, then the figures that only a simulation can
    /// know.</summary>
    public static IReadOnlyList<(string Name, double Value)> Of(ArmOutcome arm) =>
    [
        ("users_with_impressions", (double)arm.UsersReached / arm.Users),
        ("users_with_revenue", (double)arm.UsersPaidFor / arm.Users),
        ("impressions", (double)arm.Impressions / arm.Users),
        ("revenue", arm.Revenue / arm.Users),
        ("ctr", (double)arm.Clicks / arm.Impressions),
        ("hide_rate", (double)arm.Hides / arm.Impressions),
        ("good_click_ratio", (double)arm.GoodClicks / arm.Clicks),
        ("ecpm", 1000 * arm.Revenue / arm.Impressions),
        ("purchases", (double)arm.Purchases / arm.Users),
        ("expected_ctr", arm.ExpectedClicks / arm.Impressions),
        ("expected_hide_rate", arm.ExpectedHides / arm.Impressions),
        ("expected_good_click_ratio", arm.ExpectedGoodClicks / arm.ExpectedClicks),
        ("mean_affinity_of_impressions", arm.MeanAffinity),
    ];
}
