using Kindred.Worlds;

namespace Kindred.App.Worlds;

/// <summary>Request of a synthetic world.</summary>
public sealed record GenerateRequest
{
    /// <summary>The folder to write.</summary>
    public required string Out { get; init; }

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>csv, csv.gz or parquet.</summary>
    public string Format { get; init; } = "csv.gz";

    /// <summary>The world to make.</summary>
    public WorldOptions World { get; init; } = new();

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
