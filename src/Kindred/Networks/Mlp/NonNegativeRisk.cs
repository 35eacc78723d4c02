using Kindred.Numerics;

namespace Kindred.Networks.Mlp;

/// <summary>The non-negative positive-unlabelled risk of Kiryo, Niu, du Plessis and Sugiyama (NeurIPS 2017) with the logistic
/// loss.</summary>
/// <remarks>
/// ℓ is the softplus, P are the seeds with their sample weights, and U are the others: unlabelled users, a share π of which is positive.
/// <code>
/// π R⁺ₚ + max(0, R⁻ᵤ − π R⁻ₚ)      R⁺ₚ = mean of ℓ(−z) over P      R⁻ₚ = mean of ℓ(z) over P      R⁻ᵤ = mean of ℓ(z) over U
/// </code>
/// Means over a batch divide by the expected weight of its rows, so that batches add up to the whole even if one has no seed.
/// </remarks>
internal sealed class NonNegativeRisk
{
    private readonly double _prior;
    private readonly double _perSeed;
    private readonly double _perOther;

    /// <param name="labels">[rows] 1 for a seed, 0 otherwise.</param>
    /// <param name="weights">[rows] sample weights; rows of weight 0 are left out.</param>
    /// <param name="prior">π, in [0, 1].</param>
    public NonNegativeRisk(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double prior)
    {
        double seeds = 0, others = 0, rows = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] > 0) seeds += weights[i];
            else others += weights[i];
            if (weights[i] != 0) rows++;
        }

        _prior = prior;
        _perSeed = seeds > 0 ? rows / seeds : 0;
        _perOther = others > 0 ? rows / others : 0;
    }

    /// <summary>The contribution of a row to π R⁺ₚ and to R⁻ᵤ − π R⁻ₚ, times the number of rows.</summary>
    /// <param name="score">z.</param>
    /// <param name="softplus">ℓ(z); ℓ(−z) is that less z.</param>
    /// <param name="label">1 for a seed, 0 otherwise.</param>
    /// <param name="weight">The row's weight.</param>
    public (double Positive, double Negative) Parts(double score, double softplus, double label, double weight) =>
        label > 0
            ? (_prior * _perSeed * weight * (softplus - score), -_prior * _perSeed * weight * softplus)
            : (0, _perOther * weight * softplus);

    /// <summary>The risk of the rows that the means were taken over.</summary>
    public double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double positive = 0, negative = 0, rows = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (weights[i] == 0) continue;
            rows++;
            var parts = Parts(scores[i], PortableMath.Softplus(scores[i]), labels[i], weights[i]);
            positive += parts.Positive;
            negative += parts.Negative;
        }

        return (positive + Math.Max(0, negative)) / rows;
    }

    /// <summary>The derivative, by a row's score, of the function that a step decreases.</summary>
    /// <param name="probability">The sigmoid of the score.</param>
    /// <param name="label">1 for a seed, 0 otherwise.</param>
    /// <param name="weight">The row's weight.</param>
    /// <param name="isNegative">
    /// True if R⁻ᵤ − π R⁻ₚ is below zero on the batch. The model has then overfitted it, and the step increases that part, by the paper's
    /// algorithm 1 with β = 0 and γ = 1; otherwise it decreases the whole risk.
    /// </param>
    public double Slope(double probability, double label, double weight, bool isNegative)
    {
        if (label > 0) return _prior * _perSeed * weight * (isNegative ? probability : -1);
        return _perOther * weight * (isNegative ? -probability : probability);
    }
}
