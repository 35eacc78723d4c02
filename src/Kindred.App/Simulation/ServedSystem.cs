using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>A system that serves audiences and can be queried by user.</summary>
internal abstract class ServedSystem(string name, string description) : IDisposable
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The description: the method and how membership is decided.</summary>
    public string Description { get; } = description;

    /// <summary>Finds the advertisers with the user in their audience. Thread-safe.</summary>
    public abstract int Find(WorldUser user, Span<int> advertisers);

    /// <inheritdoc/>
    public abstract void Dispose();
}
