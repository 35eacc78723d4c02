using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>An earlier model of a seed list, in the same embedding space: where its next training may begin.</summary>
/// <param name="Scorer">Its scorer.</param>
/// <param name="Report">
/// The figures of its training: <see cref="SeedModel.Report"/>. Empty where it was trained with other settings: then what was chosen
/// with those is chosen again.
/// </param>
public sealed record PreviousModel(IUserScorer Scorer, IReadOnlyDictionary<string, double> Report);
