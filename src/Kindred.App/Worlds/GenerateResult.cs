using Kindred.Worlds;

namespace Kindred.App.Worlds;

/// <summary>Result of making a synthetic world.</summary>
public sealed record GenerateResult(World World, IReadOnlyList<WorldSeedList> SeedLists, long Interactions);
