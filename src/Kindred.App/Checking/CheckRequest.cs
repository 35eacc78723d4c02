using Kindred.App.Seeds;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Checking;

/// <summary>Request of a check of seed lists.</summary>
public sealed record CheckRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The lists to check.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>The limits of a list that can be used.</summary>
    public SeedCheckOptions Check { get; init; } = new();

    /// <summary>Whether a rejected row, or a file without any row that can be used, is a failure.</summary>
    public bool Strict { get; init; }
}
