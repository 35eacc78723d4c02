using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>A method's figures, and those of the baselines on the same splits.</summary>
public sealed record EvaluationWithBaselines(EvaluationResult Method, IReadOnlyList<EvaluationResult> Baselines, int Repeats, string? Country);
