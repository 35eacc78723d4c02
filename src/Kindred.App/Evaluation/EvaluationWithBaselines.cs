using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>The figures of a method and of the baselines on the same splits.</summary>
public sealed record EvaluationWithBaselines(EvaluationResult Method, IReadOnlyList<EvaluationResult> Baselines, int Repeats,
    string? Country);
