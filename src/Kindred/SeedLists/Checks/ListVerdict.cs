namespace Kindred.SeedLists.Checks;

/// <summary>The verdict on a list: can it be used?</summary>
public enum ListVerdict
{
    /// <summary>It can.</summary>
    Usable,

    /// <summary>None of its users is in the population.</summary>
    Unmatched,

    /// <summary>Fewer of its users than the minimum are in the population, or in the target country.</summary>
    TooSmall,

    /// <summary>It holds so much of the population that its users have nothing in particular.</summary>
    TooBroad,
}
