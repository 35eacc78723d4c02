namespace Kindred.App.DailyRuns;

/// <summary>Result of a roll-back.</summary>
/// <param name="Current">The version that is published now.</param>
/// <param name="Before">The version that was published before; null where none was, or where the record of it is damaged.</param>
public sealed record RolledBack(int Current, int? Before);
