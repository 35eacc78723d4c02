namespace Kindred.Experiments.Assignment;

/// <summary>The part of a layer that an experiment has: units of the layer's buckets <paramref name="From"/> up to, but without, <paramref name="To"/>.</summary>
/// <remarks>
/// Every unit is in one of the 10,000 buckets of a layer. Experiments of one layer that have no bucket in common never share a unit;
/// in layers of different salts units are put into buckets independently of each other. An experiment grows without moving anybody from arm to
/// arm by taking more buckets.
/// </remarks>
/// <param name="Salt">What tells the layer's hash from others; all experiments of the layer have the same.</param>
/// <param name="From">The first bucket.</param>
/// <param name="To">The bucket after the last.</param>
public sealed record AssignmentLayer(string Salt, int From, int To)
{
    /// <summary>Buckets of a layer: each is .01% of the units.</summary>
    public const int Buckets = 10_000;

    /// <summary>The share of all units that is in the range.</summary>
    public double Share => (To - From) / (double)Buckets;

    /// <summary>Whether another experiment could share units of this one's: it has a bucket of this one's in the same layer.</summary>
    public bool Overlaps(AssignmentLayer other) => Salt == other.Salt && From < other.To && other.From < To;
}
