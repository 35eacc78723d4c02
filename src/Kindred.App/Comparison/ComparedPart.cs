using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>A finished method of a comparison.</summary>
/// <param name="Result">Its figures.</param>
/// <param name="Cost">Its time and memory.</param>
/// <param name="Reads">The user data that it reads, in words.</param>
internal sealed record ComparedPart(EvaluationResult Result, MethodCost Cost, string Reads);
