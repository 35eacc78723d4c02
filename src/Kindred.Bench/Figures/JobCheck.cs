namespace Kindred.Bench.Figures;

/// <summary>A few results of a job, to check that peers computed the same.</summary>
public sealed record JobCheck
{
    /// <summary>The numbers of the best users of the first model, best first.</summary>
    public IReadOnlyList<int> BestUsers { get; init; } = [];

    /// <summary>Their scores.</summary>
    public IReadOnlyList<float> BestScores { get; init; } = [];

    /// <summary>The mean loss over the fifth epoch of a fresh training, or null.</summary>
    public double? Loss { get; init; }
}
