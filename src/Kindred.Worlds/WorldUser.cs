namespace Kindred.Worlds;

/// <summary>A user of a synthetic world, including their taste, which is hidden in reality.</summary>
public sealed class WorldUser
{
    /// <summary>The user's number, from 0; ids ascend with it.</summary>
    public required long Index { get; init; }

    /// <summary>The id, such as <c>u0000123</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The index of the user's country in <see cref="World.Countries"/>.</summary>
    public required int CountryNumber { get; init; }

    /// <summary>The ISO code of the user's country.</summary>
    public required string Country { get; init; }

    /// <summary>[topics] the user's interest in each topic; most are 0, and they add up to 1.</summary>
    public required ReadOnlyMemory<float> TopicShares { get; init; }

    /// <summary>The expected number of interactions; 0 for the few users who never do anything.</summary>
    public required double ActivityRate { get; init; }

    /// <summary>The number of distinct items to draw; a heavy user of narrow taste can end up with fewer.</summary>
    public required int InteractionCount { get; init; }

    /// <summary>The time of the newest interaction, in Unix seconds; null without interactions.</summary>
    public required long? LastSeen { get; init; }

    /// <summary>True if the user has an interaction in the last <see cref="World.ActiveDays"/> days of the world.</summary>
    public bool Active => LastSeen >= World.ActiveSince;

    /// <summary>The standardised logarithm of the activity rate: about normal over the users.</summary>
    internal double ActivityScore { get; init; }
}
