using Kindred.Audiences;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>Request of a simulated experiment.</summary>
public sealed record SimulateExperimentRequest
{
    /// <summary>The default number of users: two cores simulate them within a minute.</summary>
    public const long DefaultUsers = 50_000;

    /// <summary>The folder to write.</summary>
    public required string Out { get; init; }

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The systems to compare.</summary>
    public ExperimentComparison Comparison { get; init; }

    /// <summary>The world to make.</summary>
    public WorldOptions World { get; init; } = WorldOf(DefaultUsers, new WorldOptions().SeedLists, 1);

    /// <summary>The options of ad delivery.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>The size of every audience.</summary>
    public AudienceSize Size { get; init; } = AudienceSize.OfShare(0.05);

    /// <summary>Adds files, such as a report, to the folder before it gets its name; it receives the folder and the result. Null to add
    /// none.</summary>
    public Action<string, SimulatedExperiment>? AddFiles { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Creates the options of a world with small seed lists, so that many suitable users are not customers yet and can be
    /// found.</summary>
    public static WorldOptions WorldOf(long users, int seedLists, ulong seed) =>
        new() { Users = users, SeedLists = seedLists, MaxSeedShare = 0.04, Seed = seed };
}
