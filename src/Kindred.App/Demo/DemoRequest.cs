using Kindred.Worlds;

namespace Kindred.App.Demo;

/// <summary>Request of a demo.</summary>
public sealed record DemoRequest
{
    /// <summary>The folder to write.</summary>
    public string Out { get; init; } = "kindred-demo";

    /// <summary>Allows a demo of that name to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The world to make.</summary>
    public WorldOptions World { get; init; } = new();

    /// <summary>Adds files such as a report to the folder before it gets its final name; receives the folder and the result.
    /// Null to add none.</summary>
    public Action<string, DemoResult>? AddFiles { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
