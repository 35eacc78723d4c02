using Kindred.Data.Inputs;
using Kindred.Experiments.Assignment;

namespace Kindred.Pipeline.Experiments;

/// <summary>Who is in which arm: <c>assignment</c> of a settings file.</summary>
public sealed record AssignmentSettings
{
    /// <summary><c>assignment.salt</c>: what tells the experiment's hash from others'. Default: its name.</summary>
    public string Salt { get; init; } = "";

    /// <summary><c>assignment.arms</c>: names and whole-number weights, in the order of the file, which must stay; empty where somebody else assigns.</summary>
    public IReadOnlyList<AssignmentArm> Arms { get; init; } = [];

    /// <summary><c>assignment.control</c>: the arm that others are compared with. Default: the first; null where there are no arms.</summary>
    public string? Control { get; init; }

    /// <summary><c>assignment.layer</c>: the layer's name or salt and the buckets of it that the experiment has; null for all units.</summary>
    public AssignmentLayer? Layer { get; init; }

    /// <summary><c>assignment.exclude</c>: files of ids of units that are not in the experiment.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The assignment, with the excluded units read.</summary>
    /// <exception cref="KindredException">There are no arms, or a file of excluded units is wrong.</exception>
    public UnitAssignment Create(CancellationToken cancellation = default)
    {
        var excluded = Exclude.Count == 0 ? null : UserIdReader.Read(Exclude, cancellationToken: cancellation);
        return new UnitAssignment(Salt, Arms, Layer, excluded is null ? null : Enumerable.Range(0, excluded.Count).Select(excluded.GetString));
    }
}
