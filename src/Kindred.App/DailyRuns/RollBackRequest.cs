using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Request of a roll-back.</summary>
public sealed record RollBackRequest
{
    /// <summary>The folder of versions.</summary>
    public required string Store { get; init; }

    /// <summary>The number of the version to publish again.</summary>
    public required int Version { get; init; }

    /// <summary>The reason, for the record; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>How to wait while a run is changing the store; null to fail at once.</summary>
    public StoreWait? Wait { get; init; }
}
