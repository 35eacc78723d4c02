using Kindred.App.Evaluation;
using Kindred.Insight;

namespace Kindred.App.Inspection;

/// <summary>Result of an inspection: each list, and the reach curves of the lists that have one.</summary>
public sealed record InspectResult(
    string? Country, int ReferenceUsers, int MinimumCount, string PopulationVersion, IReadOnlyList<SeedInspection> Lists,
    ReachResult? Reach);
