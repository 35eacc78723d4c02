namespace Kindred.Experiments.Assignment;

/// <summary>The part of a layer that an experiment uses: the units in buckets <paramref name="From"/> up to, but not including,
/// <paramref name="To"/>.</summary>
/// <remarks>
/// Every unit is in one of the 10,000 buckets of a layer. Experiments of one layer without a common bucket never share a unit; layers of
/// different salts are independent of each other. An experiment can grow by taking more buckets, and no unit changes its arm.
/// </remarks>
/// <param name="Salt">The text that makes the layer's hash unique; all experiments of the layer have the same.</param>
/// <param name="From">The first bucket.</param>
/// <param name="To">The bucket after the last.</param>
public sealed record AssignmentLayer(string Salt, int From, int To)
{
    /// <summary>Buckets of a layer: each is .01% of the units.</summary>
    public const int Buckets = 10_000;

    /// <summary>The share of all units that is in the range.</summary>
    public double Share => (To - From) / (double)Buckets;

    /// <summary>Tells whether another experiment can share units with this one: both have a common bucket of the same layer.</summary>
    public bool Overlaps(AssignmentLayer other) => Salt == other.Salt && From < other.To && other.From < To;
}
