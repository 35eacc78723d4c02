using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Result of a roll-back.</summary>
/// <param name="Current">The version that is now published.</param>
/// <param name="Before">The version that was published before; null if there was none or if its record is damaged.</param>
/// <param name="Hold">The hold: until it is lifted, no run publishes another version.</param>
public sealed record RolledBack(int Current, int? Before, StoreHold Hold);
