namespace Kindred.Data.Experiments;

/// <summary>What the rows of a file are.</summary>
internal enum LogFileRole
{
    /// <summary>What units did.</summary>
    Log,

    /// <summary>Which unit is in which arm.</summary>
    Assignment,

    /// <summary>Units that are left out.</summary>
    Exclusion,
}
