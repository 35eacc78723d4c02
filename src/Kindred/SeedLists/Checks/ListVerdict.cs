namespace Kindred.SeedLists.Checks;

/// <summary>The verdict on a list: it can be used, or the reason why not.</summary>
public enum ListVerdict
{
    /// <summary>The list can be used.</summary>
    Usable,

    /// <summary>None of its users is in the population.</summary>
    Unmatched,

    /// <summary>Fewer of its users than the minimum are in the population, or in the target country.</summary>
    TooSmall,

    /// <summary>It contains so much of the population that its users have no distinct profile.</summary>
    TooBroad,
}
