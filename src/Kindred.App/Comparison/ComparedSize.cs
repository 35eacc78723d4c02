using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>The comparison with one number of seeds.</summary>
/// <param name="Seeds">Seeds trained on for each list; null for all that it has.</param>
/// <param name="Comparison">The figures.</param>
/// <param name="Costs">What each method took, in the order of the methods.</param>
public sealed record ComparedSize(int? Seeds, MethodComparison Comparison, IReadOnlyList<MethodCost> Costs);
