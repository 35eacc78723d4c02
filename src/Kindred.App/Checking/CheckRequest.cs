using Kindred.App.Seeds;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Checking;

/// <summary>Request of a check of seed lists.</summary>
public sealed record CheckRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The seed lists to check.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>The limits that a usable list must meet.</summary>
    public SeedCheckOptions Check { get; init; } = new();

    /// <summary>Makes a rejected row, or a file without any usable row, a failure.</summary>
    public bool Strict { get; init; }
}
