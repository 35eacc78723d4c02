namespace Kindred.Experiments.Reduction;

/// <summary>What a record of a unit is used for.</summary>
internal enum RecordUse : byte
{
    /// <summary>For nothing: it is outside of pre-period and experiment, or lacks what it must have.</summary>
    Outside,

    /// <summary>Only for what it tells of the unit, such as a country.</summary>
    Aside,

    /// <summary>It is in the pre-period or the experiment; which is not known yet.</summary>
    Open,

    /// <summary>It is in the pre-period.</summary>
    Before,

    /// <summary>It is in the experiment.</summary>
    During,
}
