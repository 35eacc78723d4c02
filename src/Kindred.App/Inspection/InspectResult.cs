using System.Text;
using Kindred.App.Evaluation;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Inspection;

/// <summary>Result of an inspection: each list, and the reach curves of the lists that have one.</summary>
public sealed record InspectResult(
    string? Country, int ReferenceUsers, int MinimumCount, string PopulationVersion, IReadOnlyList<SeedInspection> Lists, ReachResult? Reach);
