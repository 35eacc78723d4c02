namespace Kindred.Experiments;

/// <summary>One kind of problem that a log has.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Rows">Rows, or values of rows, that it concerns.</param>
/// <param name="Units">Units that it concerns; 0 where that is not known.</param>
/// <param name="UnitsByArm">[arms] the units by arm, where the kind tells of units with an arm (in several arms: counted in each); else empty.</param>
/// <param name="Places">The first few places, such as <c>log.csv, line 12</c>.</param>
public sealed record LogProblem(
    LogProblemKind Kind, long Rows, long Units, IReadOnlyList<long> UnitsByArm, IReadOnlyList<string> Places);
