namespace Kindred.App.Simulation;

/// <summary>The systems that a simulated experiment compares.</summary>
public enum ExperimentComparison
{
    /// <summary>The production method against the previous production method.</summary>
    CombinedVersusBlended,

    /// <summary>The production method with sample weights against the same method without them.</summary>
    Weights,

    /// <summary>The previous production method against itself: any difference is due to chance.</summary>
    SameAgainstItself,
}
