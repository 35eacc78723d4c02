using Kindred.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>One method that is finished.</summary>
/// <param name="Result">Its figures.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Reads">What it reads of a user, in words.</param>
internal sealed record ComparedPart(EvaluationResult Result, MethodCost Cost, string Reads);
