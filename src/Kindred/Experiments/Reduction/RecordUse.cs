namespace Kindred.Experiments.Reduction;

/// <summary>What a record of a unit is used for.</summary>
internal enum RecordUse : byte
{
    /// <summary>For nothing.</summary>
    None,

    /// <summary>It is in the pre-period or the experiment; which is not known yet.</summary>
    Open,

    /// <summary>It is in the pre-period.</summary>
    Before,

    /// <summary>It is in the experiment.</summary>
    During,
}
