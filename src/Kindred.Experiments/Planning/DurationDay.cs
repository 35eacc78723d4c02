namespace Kindred.Experiments.Planning;

/// <summary>What an experiment could find after some days.</summary>
/// <param name="Days">Days from its start.</param>
/// <param name="Units">Units that both arms would have together.</param>
/// <param name="Estimate">The control's value and unit variance by then.</param>
/// <param name="DetectableEffect">The least effect that is found with the plan's power; infinite where there is none.</param>
/// <param name="IsForecast">Whether this is beyond the log, and goes on as its second half went.</param>
public readonly record struct DurationDay(int Days, double Units, ArmEstimate Estimate, double DetectableEffect, bool IsForecast);
