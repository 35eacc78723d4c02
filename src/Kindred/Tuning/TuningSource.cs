namespace Kindred.Tuning;

/// <summary>The source of the lists of a tuning.</summary>
public enum TuningSource
{
    /// <summary>Users of items that were hidden in the trial of the list.</summary>
    PseudoLists,

    /// <summary>Training users of seed lists, a tenth of them held out.</summary>
    SeedLists,
}
