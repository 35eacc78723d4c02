using Kindred.Data.Values;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Request of a permanent deletion of users.</summary>
public sealed record ForgetRequest
{
    /// <summary>Ids of the users.</summary>
    public IReadOnlyCollection<string> Users { get; init; } = [];

    /// <summary>Files of ids.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The column of ids in <see cref="Files"/>; null for the column that the settings name, or else the default.</summary>
    public string? Column { get; init; }

    /// <summary>How ids are written; null for the way of the settings, or else the usual way.</summary>
    public TableRules? Rules { get; init; }

    /// <summary>Settings of the daily run, which name its store and its population; null if <see cref="Store"/> is given.</summary>
    public string? Settings { get; init; }

    /// <summary>The folder of versions; null to take that of <see cref="Settings"/>.</summary>
    public string? Store { get; init; }

    /// <summary>Further folders that Kindred wrote, to rewrite without the users: populations, models, audiences, inspections, and all
    /// others.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>How to wait while a run is changing the store; null to fail at once.</summary>
    public StoreWait? Wait { get; init; }
}
