namespace Kindred.SeedModels;

/// <summary>The blend for lists of some sizes.</summary>
/// <param name="FromSeeds">For lists of at least this many seeds, up to the next blend's.</param>
/// <param name="Parts">Methods and how often each was chosen; scores are standardised before they are added.</param>
/// <param name="Lists">Lists of this size that were tried on.</param>
/// <param name="LeastSeeds">Seeds of the smallest of them.</param>
/// <param name="MostSeeds">Seeds of the largest.</param>
/// <param name="Recall">Their average recall under the blend: optimistic, for it was chosen on them too.</param>
public sealed record SizeBlend(int FromSeeds, IReadOnlyList<BlendPart> Parts, int Lists, int LeastSeeds, int MostSeeds, double Recall);
