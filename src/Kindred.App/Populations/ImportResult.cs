using Kindred.Data.Folders;
using Kindred.Data.Imports;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;

namespace Kindred.App.Populations;

/// <summary>Result of an import.</summary>
public sealed record ImportResult(PopulationManifest Population, ImportedUsers Users);
