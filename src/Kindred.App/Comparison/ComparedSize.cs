using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>The comparison with one number of seeds.</summary>
/// <param name="Seeds">Seeds to train on for each list; null for all of its seeds.</param>
/// <param name="Comparison">The figures.</param>
/// <param name="Costs">Time and memory of each method, in the order of the methods.</param>
public sealed record ComparedSize(int? Seeds, MethodComparison Comparison, IReadOnlyList<MethodCost> Costs);
