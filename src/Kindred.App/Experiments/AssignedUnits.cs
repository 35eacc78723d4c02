using Kindred.Experiments.Assignment;
using Kindred.Experiments.Inference;

namespace Kindred.App.Experiments;

/// <summary>Counts of assigned units by arm.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="Units">[arms] rows of units of each arm.</param>
/// <param name="Outside">Rows of units that are not in the experiment.</param>
/// <param name="Ratio">Whether the counts fit the planned shares; null where nobody is in the experiment.</param>
/// <param name="Alarm">The p-value below which they do not.</param>
public sealed record AssignedUnits(UnitAssignment Assignment, IReadOnlyList<long> Units, long Outside, SampleRatioResult? Ratio, double Alarm)
{
    /// <summary>Rows of units that are in the experiment.</summary>
    public long Inside => Units.Sum();

    /// <summary>Whether the counts fit the planned shares.</summary>
    public bool Fits => !(Ratio?.PValue < Alarm);
}
