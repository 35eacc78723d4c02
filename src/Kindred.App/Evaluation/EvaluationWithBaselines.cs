using Kindred.Audiences;
using Kindred.Baselines;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Data.Tables;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.App.Evaluation;

/// <summary>A method's figures, and those of the baselines on the same splits.</summary>
public sealed record EvaluationWithBaselines(EvaluationResult Method, IReadOnlyList<EvaluationResult> Baselines, int Repeats, string? Country);
