namespace Kindred.SeedLists.Checks;

/// <summary>The findings of a check.</summary>
public sealed record SeedCheckResult
{
    /// <summary>Users of the population, or of the target country.</summary>
    public required long Users { get; init; }

    /// <summary>The lists in their order.</summary>
    public required IReadOnlyList<ListCheck> Lists { get; init; }

    /// <summary>The pairs that share most of the smaller list; the largest share first.</summary>
    public required IReadOnlyList<ListPair> Pairs { get; init; }

    /// <summary>1 if all users were searched for pairs; n if one in n was, because there are too many. Pairs may then be missed, but
    /// reported counts are exact.</summary>
    public required int OverlapSample { get; init; }

    /// <summary>Tells whether all lists can be used.</summary>
    public bool AllUsable => Lists.All(list => list.Verdict == ListVerdict.Usable);
}
