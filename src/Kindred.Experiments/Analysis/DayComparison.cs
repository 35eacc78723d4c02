namespace Kindred.Experiments.Analysis;

/// <summary>The comparison of a metric of a treatment with the control at the end of one day.</summary>
/// <param name="Day">Days since 1970-01-01, UTC.</param>
/// <param name="ControlUnits">Units of the control by then.</param>
/// <param name="TreatmentUnits">Units of the treatment by then.</param>
/// <param name="Relative">The relative lift of all days so far, for one look.</param>
/// <param name="AlwaysValid">The same with an always-valid interval.</param>
/// <param name="OnDay">The relative lift of this day alone.</param>
public sealed record DayComparison(
    int Day, long ControlUnits, long TreatmentUnits, LiftEstimate Relative, LiftEstimate AlwaysValid, LiftEstimate OnDay);
