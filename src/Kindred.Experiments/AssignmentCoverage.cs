namespace Kindred.Experiments;

/// <summary>The assigned units that a log has rows of.</summary>
/// <param name="Assigned">[arms] units assigned to one arm.</param>
/// <param name="WithRows">[arms] those with any row from the start to the end of the experiment.</param>
/// <param name="Unassigned">Units with rows from the start to the end, but without an assignment.</param>
public sealed record AssignmentCoverage(IReadOnlyList<long> Assigned, IReadOnlyList<long> WithRows, long Unassigned);
