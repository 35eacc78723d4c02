using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Request of a daily run.</summary>
public sealed record DailyRunRequest
{
    /// <summary>The settings file: YAML or JSON.</summary>
    public required string Settings { get; init; }

    /// <summary>The day that decides which schedules are due; null for today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Publishes even if more audiences are lost than the settings allow.</summary>
    public bool AcceptLosses { get; init; }

    /// <summary>How to wait while another run is changing the store; null to fail at once.</summary>
    public StoreWait? Wait { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
