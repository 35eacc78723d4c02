namespace Kindred.Worlds;

/// <summary>The seed list of one advertiser.</summary>
/// <param name="Advertiser">The advertiser.</param>
/// <param name="Seeds">Distinct users, ascending by id.</param>
public sealed record WorldSeedList(WorldAdvertiser Advertiser, IReadOnlyList<WorldSeed> Seeds)
{
    /// <summary>The list's name: the advertiser's.</summary>
    public string Id => Advertiser.Name;
}
