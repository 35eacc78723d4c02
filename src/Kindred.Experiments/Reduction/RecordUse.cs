namespace Kindred.Experiments.Reduction;

/// <summary>The use of a unit's record.</summary>
internal enum RecordUse : byte
{
    /// <summary>None: the record is outside the pre-period and the experiment, or incomplete.</summary>
    Outside,

    /// <summary>Only properties of the unit, such as a country.</summary>
    Aside,

    /// <summary>The record is in the pre-period or in the experiment; not yet decided.</summary>
    Open,

    /// <summary>The record is in the pre-period.</summary>
    Before,

    /// <summary>The record is in the experiment.</summary>
    During,
}
