namespace Kindred.App.Demo;

/// <summary>The audience of one seed list of a demo.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Seeds">Users of the list.</param>
/// <param name="Affinity">The true affinity of the audience's users to the advertiser, compared with other groups of users.</param>
public sealed record DemoAudience(string SeedListId, int Seeds, DemoAffinity Affinity);
