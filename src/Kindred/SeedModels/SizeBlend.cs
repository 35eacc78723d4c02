namespace Kindred.SeedModels;

/// <summary>The blend for one range of list sizes.</summary>
/// <param name="FromSeeds">Minimum seeds of a list in the range; it ends where the next blend's range begins.</param>
/// <param name="Parts">Methods with the number of times that each was chosen; scores are standardised before they are added.</param>
/// <param name="Lists">Number of lists in the range that methods were tried on.</param>
/// <param name="LeastSeeds">Seeds of the smallest of them.</param>
/// <param name="MostSeeds">Seeds of the largest.</param>
/// <param name="Recall">Their average recall under the blend: optimistic, because the blend was chosen on them too.</param>
public sealed record SizeBlend(int FromSeeds, IReadOnlyList<BlendPart> Parts, int Lists, int LeastSeeds, int MostSeeds, double Recall);
