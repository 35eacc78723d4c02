using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>An earlier model of a seed list in the same embedding space, from which its next training can start.</summary>
/// <param name="Scorer">Its scorer.</param>
/// <param name="Report">
/// The figures of its training: <see cref="SeedModel.Report"/>. Empty if it was trained with other settings: choices made with those
/// settings are then made again.
/// </param>
public sealed record PreviousModel(IUserScorer Scorer, IReadOnlyDictionary<string, double> Report);
