namespace Kindred.Experiments.Assignment;

/// <summary>An arm of an experiment and its planned share of the units.</summary>
/// <param name="Name">The name, unique within the experiment.</param>
/// <param name="Weight">The share in parts of the sum of all arms' weights, from 1 to <see cref="MaxWeight"/>: 1 and 1 are the same as 50
/// and 50.</param>
public readonly record struct AssignmentArm(string Name, long Weight)
{
    /// <summary>The largest weight.</summary>
    public const long MaxWeight = 1_000_000_000;
}
