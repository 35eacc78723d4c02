namespace Kindred.Experiments.Reduction;

/// <summary>One kind of problem, with the positions of the first affected rows.</summary>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Rows">Rows, or values of rows.</param>
/// <param name="Units">Units.</param>
/// <param name="UnitsByArm">[arms] units by arm; empty if no arm is known.</param>
/// <param name="Positions">The first few positions, ascending.</param>
public sealed record LogPositions(
    LogProblemKind Kind, long Rows, long Units, IReadOnlyList<long> UnitsByArm, IReadOnlyList<ulong> Positions);
