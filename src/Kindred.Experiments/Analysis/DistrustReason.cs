namespace Kindred.Experiments.Analysis;

/// <summary>Why an experiment cannot be believed.</summary>
public enum DistrustReason
{
    /// <summary>The arms' sizes do not go with the planned shares.</summary>
    SampleRatio,

    /// <summary>An arm has no units.</summary>
    EmptyArm,

    /// <summary>Too many units were in several arms.</summary>
    SeveralArms,

    /// <summary>Too many rows were left out.</summary>
    BrokenRows,

    /// <summary>A problem of the log struck the arms unevenly.</summary>
    UnevenProblem,
}
