namespace Kindred.Experiments;

/// <summary>The problems that a log can have. Rows and units of each kind are counted; each kind says what happens to them.</summary>
public enum LogProblemKind
{
    /// <summary>A row has no unit: left out.</summary>
    MissingUnit,

    /// <summary>A row has no arm but must have one: left out.</summary>
    MissingArm,

    /// <summary>A row names an arm that the experiment does not have: left out.</summary>
    UnknownArm,

    /// <summary>A unit was seen in more than one arm: left out of all.</summary>
    SeveralArms,

    /// <summary>A unit acted between start and end, but was never exposed or is not in the assignment: left out.</summary>
    MissingExposure,

    /// <summary>A row has no time, or an unreadable one: left out.</summary>
    BadTime,

    /// <summary>An event happened after the start and shortly before the unit's exposure, probably because clocks differ: not counted in
    /// the experiment.</summary>
    ClockSkew,

    /// <summary>An event happened before the pre-period: left out.</summary>
    TooEarly,

    /// <summary>An event happened after the end: left out.</summary>
    TooLate,

    /// <summary>A value is not a number: the value is left out; a covariate is replaced by the mean of the others.</summary>
    NotANumber,

    /// <summary>A value is NaN or infinite: the value is left out.</summary>
    NotFinite,

    /// <summary>A value is below 0 but must not be: the value is left out.</summary>
    Negative,

    /// <summary>An event id occurs again for the same unit: all but the first event, by time, are left out.</summary>
    DuplicateEvent,

    /// <summary>A row equals another of its unit in time, kind and values, without an event id to tell them apart: counted, because both
    /// may be real.</summary>
    PossibleDuplicate,

    /// <summary>A unit has no value of a covariate: the mean of the others replaces it.</summary>
    MissingCovariate,

    /// <summary>A unit has several rows, but the log should have one per unit: they are added up.</summary>
    SeveralRows,

    /// <summary>The cell of a value is empty in a log of events: the value is left out.</summary>
    EmptyValue,

    /// <summary>The cell of a value is empty in a table with one row per unit: the value is 0, or left out of a quantile.</summary>
    EmptyAsZero,
}
