namespace Kindred.Experiments.Planning;

/// <summary>The forecast of an experiment after some days.</summary>
/// <param name="Days">Days from the start.</param>
/// <param name="Units">Units of both arms together.</param>
/// <param name="Estimate">The control's value and unit variance by then.</param>
/// <param name="DetectableEffect">The smallest effect that is found with the plan's power; infinite if there is none.</param>
/// <param name="IsForecast">True if the day is beyond the log, and continues the trend of its second half.</param>
public readonly record struct DurationDay(int Days, double Units, ArmEstimate Estimate, double DetectableEffect, bool IsForecast);
