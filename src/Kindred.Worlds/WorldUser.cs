namespace Kindred.Worlds;

/// <summary>A user of a synthetic world, with what is hidden in reality: what he cares for.</summary>
public sealed class WorldUser
{
    /// <summary>His number, from 0; ids ascend with it.</summary>
    public required long Index { get; init; }

    /// <summary>His id, such as <c>u0000123</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The index of his country in <see cref="World.Countries"/>.</summary>
    public required int CountryNumber { get; init; }

    /// <summary>The ISO code of his country.</summary>
    public required string Country { get; init; }

    /// <summary>[topics] how much he cares for each topic; most are 0 and they add up to 1.</summary>
    public required ReadOnlyMemory<float> TopicShares { get; init; }

    /// <summary>How many interactions are expected of him; 0 for the few who never do anything.</summary>
    public required double ActivityRate { get; init; }

    /// <summary>How many distinct items are drawn for him; a heavy user of narrow taste can end up with fewer.</summary>
    public required int InteractionCount { get; init; }

    /// <summary>When he last did anything, in Unix seconds; null for a user without interactions.</summary>
    public required long? LastSeen { get; init; }

    /// <summary>Whether he did anything in the last <see cref="World.ActiveDays"/> days of the world.</summary>
    public bool Active => LastSeen >= World.ActiveSince;

    /// <summary>The logarithm of his activity rate, standardised: about normal over the users.</summary>
    internal double ActivityScore { get; init; }
}
