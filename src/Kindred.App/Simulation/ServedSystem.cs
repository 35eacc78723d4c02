using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>A system that makes audiences, ready to be asked about users.</summary>
internal abstract class ServedSystem(string name, string description) : IDisposable
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is, and how it decides, in words.</summary>
    public string Description { get; } = description;

    /// <summary>Finds the advertisers whose audience a user is in. May be called from many threads at once.</summary>
    public abstract int Find(WorldUser user, Span<int> advertisers);

    /// <inheritdoc/>
    public abstract void Dispose();
}
