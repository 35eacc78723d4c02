namespace Kindred.App.Simulation;

/// <summary>Systems that a simulated experiment compares.</summary>
public enum ExperimentComparison
{
    /// <summary>The production method against what was in production before it.</summary>
    CombinedVersusBlended,

    /// <summary>The production method with sample weights against the same without.</summary>
    Weights,

    /// <summary>The former production against itself: any difference is chance.</summary>
    SameAgainstItself,
}
