using Kindred.App.Evaluation;
using Kindred.App.Worlds;
using Kindred.Pipeline.Embedding;

namespace Kindred.App.Demo;

/// <summary>Result of a demo.</summary>
/// <param name="Folder">The folder, under its final name.</param>
/// <param name="Made">The world.</param>
/// <param name="Embedded">Its population.</param>
/// <param name="Quality">The quality on held-out seeds, with the baselines.</param>
/// <param name="AudienceShare">The share of the active users in each audience.</param>
/// <param name="Lists">The seed lists, in the order of the audiences.</param>
public sealed record DemoResult(
    string Folder, GenerateResult Made, EmbedResult Embedded, EvaluationWithBaselines Quality, double AudienceShare,
    IReadOnlyList<DemoAudience> Lists);
