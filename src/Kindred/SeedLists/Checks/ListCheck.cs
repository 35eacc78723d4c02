namespace Kindred.SeedLists.Checks;

/// <summary>The findings of a check about one list. Counts only, no ids of users.</summary>
public sealed record ListCheck
{
    /// <summary>The list.</summary>
    public required string SeedListId { get; init; }

    /// <summary>Number of distinct given users.</summary>
    public required int Given { get; init; }

    /// <summary>Rows that repeat a user.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Users who are in the population.</summary>
    public required int Matched { get; init; }

    /// <summary>Matched users who count: those of the target country, or all.</summary>
    public required int Seeds { get; init; }

    /// <summary>Inactive users among <see cref="Seeds"/>: they are trained on, but are in no audience.</summary>
    public required int Inactive { get; init; }

    /// <summary>[countries of the population] matched users of each.</summary>
    public required IReadOnlyList<int> ByCountry { get; init; }

    /// <summary><see cref="Seeds"/> over all users of the population or of the target country.</summary>
    public required double ShareOfPopulation { get; init; }

    /// <summary>Tells whether the list can be used.</summary>
    public required ListVerdict Verdict { get; init; }

    /// <summary>The likely reason why many users do not match; null if it was not determined.</summary>
    public IdDiagnosis? Diagnosis { get; init; }

    /// <summary>The first list with exactly the same users; null if there is none.</summary>
    public string? SameAs { get; init; }

    /// <summary>Users who are not in the population.</summary>
    public int Unmatched => Given - Matched;
}
