namespace Kindred.Data.Experiments;

/// <summary>The kind of a file's rows.</summary>
internal enum LogFileRole
{
    /// <summary>Events or values of units.</summary>
    Log,

    /// <summary>Assignments of units to arms.</summary>
    Assignment,

    /// <summary>Units that are left out.</summary>
    Exclusion,
}
