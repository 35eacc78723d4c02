using Kindred.Data.Inputs;
using Kindred.Data.Values;
using Kindred.Experiments.Assignment;

namespace Kindred.Pipeline.Experiments;

/// <summary>The assignment of units to arms: <c>assignment</c> of a settings file.</summary>
public sealed record AssignmentSettings
{
    /// <summary><c>assignment.salt</c>: the salt of the experiment's hash. Default: the experiment's name.</summary>
    public string Salt { get; init; } = "";

    /// <summary><c>assignment.arms</c>: names and whole-number weights in the order of the file, which must not change; empty if another
    /// system assigns units.</summary>
    public IReadOnlyList<AssignmentArm> Arms { get; init; } = [];

    /// <summary><c>assignment.control</c>: the arm that others are compared with. Default: the first; null without arms.</summary>
    public string? Control { get; init; }

    /// <summary><c>assignment.layer</c>: the layer's name or salt and the experiment's buckets in it; null for all units.</summary>
    public AssignmentLayer? Layer { get; init; }

    /// <summary><c>assignment.exclude</c>: files with the ids of units to exclude from the experiment.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Creates the assignment and reads the excluded units.</summary>
    /// <exception cref="KindredException">There are no arms, or a file of excluded units is wrong.</exception>
    /// <param name="rules">How ids of units are written; null for the usual way.</param>
    /// <param name="cancellation">Stops reading.</param>
    public UnitAssignment Create(TableRules? rules = null, CancellationToken cancellation = default)
    {
        var excluded = Exclude.Count == 0 ? null : UserIdReader.Read(Exclude, rules: rules, cancellationToken: cancellation);
        return new UnitAssignment(Salt, Arms, Layer,
            excluded is null ? null : Enumerable.Range(0, excluded.Count).Select(excluded.GetString));
    }
}
