namespace Kindred.App.Simulation;

/// <summary>Names of comparisons, as in files and on a command line.</summary>
public static class ExperimentComparisons
{
    /// <summary>The name of a comparison.</summary>
    public static string NameOf(ExperimentComparison comparison) => comparison switch
    {
        ExperimentComparison.CombinedVersusBlended => "combined-vs-blended",
        ExperimentComparison.Weights => "weights",
        _ => "aa",
    };
}
