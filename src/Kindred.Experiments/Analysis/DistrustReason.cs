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
}
