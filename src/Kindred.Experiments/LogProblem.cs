namespace Kindred.Experiments;

/// <summary>One kind of problem that a log has.</summary>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Rows">Affected rows, or values of rows.</param>
/// <param name="Units">Affected units; 0 if unknown.</param>
/// <param name="UnitsByArm">[arms] the units by arm, for kinds that concern units with an arm (a unit in several arms counts in each);
/// otherwise empty.</param>
/// <param name="Places">The first few places, such as <c>log.csv, line 12</c>.</param>
public sealed record LogProblem(
    LogProblemKind Kind, long Rows, long Units, IReadOnlyList<long> UnitsByArm, IReadOnlyList<string> Places);
