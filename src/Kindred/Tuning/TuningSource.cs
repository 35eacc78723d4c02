namespace Kindred.Tuning;

/// <summary>Where the lists of a tuning came from.</summary>
public enum TuningSource
{
    /// <summary>Users of items that were hidden while the list was tried.</summary>
    PseudoLists,

    /// <summary>The users of seed lists that are trained on, a tenth of them held out.</summary>
    SeedLists,
}
