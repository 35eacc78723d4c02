using Kindred.Audiences;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred experiment simulate</c> is asked for.</summary>
internal sealed record ExperimentSimulateRequest
{
    /// <summary>Users, unless told otherwise: what two cores do within a minute.</summary>
    public const long DefaultUsers = 50_000;

    public required string Out { get; init; }

    public bool Replace { get; init; }

    public ExperimentComparison Comparison { get; init; }

    public WorldOptions World { get; init; } = WorldOf(DefaultUsers, new WorldOptions().SeedLists, 1);

    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>The size of every audience.</summary>
    public AudienceSize Size { get; init; } = AudienceSize.OfShare(0.05);

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>A world whose seed lists are small against those who would suit: who are customers already are few, or there is nobody left to be found.</summary>
    public static WorldOptions WorldOf(long users, int seedLists, ulong seed) => new() { Users = users, SeedLists = seedLists, MaxSeedShare = 0.04, Seed = seed };
}
