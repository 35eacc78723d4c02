using Kindred.Data.Imports;
using Kindred.Data.Populations;

namespace Kindred.App.Populations;

/// <summary>Result of an import.</summary>
public sealed record ImportResult(PopulationManifest Population, ImportedUsers Users);
