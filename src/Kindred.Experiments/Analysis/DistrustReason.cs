namespace Kindred.Experiments.Analysis;

/// <summary>The reasons not to trust an experiment.</summary>
public enum DistrustReason
{
    /// <summary>The arms' sizes do not fit the planned shares.</summary>
    SampleRatio,

    /// <summary>An arm has no units.</summary>
    EmptyArm,

    /// <summary>Too many units were in several arms.</summary>
    SeveralArms,

    /// <summary>Too many rows were left out.</summary>
    BrokenRows,

    /// <summary>A problem of the log affects the arms unevenly.</summary>
    UnevenProblem,

    /// <summary>Fewer assigned units of an arm have rows than of the others. The subject is the arm.</summary>
    UnevenRows,

    /// <summary>No assigned unit has a row, but other units have.</summary>
    NoAssignedRows,

    /// <summary>Most units of the log are not assigned, and most assigned units have no row.</summary>
    UnassignedUnits,

    /// <summary>Arms differ only in case or white space. The subject has the names.</summary>
    AlikeArms,
}
