using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Result of lifting a hold.</summary>
/// <param name="Current">The published version; null if there is none or if its record is damaged.</param>
/// <param name="WasHeld">True if the store was held.</param>
/// <param name="Hold">The lifted hold; null if there was none or if its record was damaged.</param>
public sealed record LiftedHold(int? Current, bool WasHeld, StoreHold? Hold);
