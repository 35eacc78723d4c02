namespace Kindred.Experiments;

/// <summary>What can be wrong with a log. Rows and units of each kind are counted, and what is done with them is said.</summary>
public enum LogProblemKind
{
    /// <summary>A row has no unit: left out.</summary>
    MissingUnit,

    /// <summary>A row has no arm where it must have one: left out.</summary>
    MissingArm,

    /// <summary>A row names an arm that the experiment does not have: left out.</summary>
    UnknownArm,

    /// <summary>A unit was seen in more than one arm: left out of all.</summary>
    SeveralArms,

    /// <summary>A unit did something between start and end, but was never exposed or is not in the assignment: left out.</summary>
    MissingExposure,

    /// <summary>A row has no time or one that cannot be read: left out.</summary>
    BadTime,

    /// <summary>An event happened after the start and shortly before the unit's exposure, as where clocks differ: not counted in the experiment.</summary>
    ClockSkew,

    /// <summary>An event happened before the pre-period: left out.</summary>
    TooEarly,

    /// <summary>An event happened after the end: left out.</summary>
    TooLate,

    /// <summary>A value is no number, or missing where there must be one: that value is left out; the mean of others stands for a covariate.</summary>
    NotANumber,

    /// <summary>A value is NaN or infinite: that value is left out.</summary>
    NotFinite,

    /// <summary>A value is below 0 where that cannot be: that value is left out.</summary>
    Negative,

    /// <summary>An event's id was seen before of the same unit: all but the first, by time, are left out.</summary>
    DuplicateEvent,

    /// <summary>A row equals another of its unit in time, kind and values, and has no event id to tell them apart: counted, since both may be real.</summary>
    PossibleDuplicate,

    /// <summary>A unit has no number from before where a covariate should be: the mean of the others stands in for it.</summary>
    MissingCovariate,

    /// <summary>A unit has two rows where the log should have one a unit: they are added up.</summary>
    SeveralRows,
}
