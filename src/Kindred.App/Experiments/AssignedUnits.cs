using Kindred.Experiments.Assignment;
using Kindred.Experiments.Inference;

namespace Kindred.App.Experiments;

/// <summary>Counts of assigned units by arm.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="Units">[arms] The number of rows of each arm.</param>
/// <param name="Outside">The number of rows of units outside the experiment.</param>
/// <param name="Ratio">The test of the counts against the planned shares; null if the experiment has no units.</param>
/// <param name="Alarm">The p-value below which the counts do not fit.</param>
public sealed record AssignedUnits(UnitAssignment Assignment, IReadOnlyList<long> Units, long Outside, SampleRatioResult? Ratio,
    double Alarm)
{
    /// <summary>The number of rows of units in the experiment.</summary>
    public long Inside => Units.Sum();

    /// <summary>True if the counts fit the planned shares.</summary>
    public bool Fits => !(Ratio?.PValue < Alarm);
}
