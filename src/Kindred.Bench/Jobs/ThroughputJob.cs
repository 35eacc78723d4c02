namespace Kindred.Bench.Jobs;

/// <summary>Work of which there is so much that its rate counts: scoring and training.</summary>
internal abstract class ThroughputJob : IDisposable
{
    /// <summary>The name that figures stand under.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in a line.</summary>
    public abstract string Description { get; }

    /// <summary>What is counted: pairs or samples.</summary>
    public abstract string Unit { get; }

    /// <summary>Floating-point operations that one of them takes at least.</summary>
    public abstract double FlopsPerItem { get; }

    /// <summary>How many of them one <see cref="Run"/> does.</summary>
    public abstract long Items(int threads);

    /// <summary>The whole job, as a command does it.</summary>
    public abstract void Run(int threads);

    /// <summary>The part of it that <see cref="FlopsPerItem"/> counts, on one thread; null where it cannot be run apart.</summary>
    public virtual Action? Core => null;

    /// <summary>A few results, for others to compare theirs with.</summary>
    public abstract Figures.JobCheck Check();

    /// <inheritdoc/>
    public abstract void Dispose();
}
