namespace Kindred.SeedLists.Checks;

/// <summary>What a check found.</summary>
public sealed record SeedCheckResult
{
    /// <summary>Users of the population, or of the target country.</summary>
    public required long Users { get; init; }

    /// <summary>The lists in their order.</summary>
    public required IReadOnlyList<ListCheck> Lists { get; init; }

    /// <summary>The pairs that share most of the smaller list; the largest share first.</summary>
    public required IReadOnlyList<ListPair> Pairs { get; init; }

    /// <summary>1 where all users were looked at for pairs; n where one in n was, because there are too many: pairs may be missed then, but those told are exact.</summary>
    public required int OverlapSample { get; init; }

    /// <summary>Whether all lists can be used.</summary>
    public bool AllUsable => Lists.All(list => list.Verdict == ListVerdict.Usable);
}
