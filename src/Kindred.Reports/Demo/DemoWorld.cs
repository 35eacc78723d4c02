namespace Kindred.Reports.Demo;

/// <summary>The demo's world in numbers.</summary>
/// <param name="Users">Users.</param>
/// <param name="ActiveUsers">Users with an interaction in the last 30 days.</param>
/// <param name="Countries">The countries and their users.</param>
/// <param name="Items">Items.</param>
/// <param name="Interactions">Distinct pairs of user and item.</param>
/// <param name="SeedLists">Seed lists.</param>
/// <param name="Seeds">Seeds over all lists.</param>
/// <param name="Seed">The random seed.</param>
public sealed record DemoWorld(
    long Users,
    long ActiveUsers,
    IReadOnlyList<DemoCountry> Countries,
    int Items,
    long Interactions,
    int SeedLists,
    long Seeds,
    ulong Seed);
