namespace Kindred.Bench.Jobs;

/// <summary>Work in bulk, which is measured by its rate: scoring and training.</summary>
internal abstract class ThroughputJob : IDisposable
{
    /// <summary>The name of the job in figures.</summary>
    public abstract string Name { get; }

    /// <summary>A one-line description.</summary>
    public abstract string Description { get; }

    /// <summary>The counted unit: pairs or samples.</summary>
    public abstract string Unit { get; }

    /// <summary>Minimum floating-point operations of one unit.</summary>
    public abstract double FlopsPerItem { get; }

    /// <summary>Number of units of one <see cref="Run"/>.</summary>
    public abstract long Items(int threads);

    /// <summary>The whole job, as a command does it.</summary>
    public abstract void Run(int threads);

    /// <summary>The part of it that <see cref="FlopsPerItem"/> counts, on one thread; null if it cannot run separately.</summary>
    public virtual Action? Core => null;

    /// <summary>A few results, for comparison with those of peers.</summary>
    public abstract Figures.JobCheck Check();

    /// <inheritdoc/>
    public abstract void Dispose();
}
