using Kindred.Numerics;

namespace Kindred.Tuning;

/// <summary>The standardised scores that each method gave one list's held-out users and a sample of the others.</summary>
/// <param name="ListId">The list.</param>
/// <param name="Seeds">Number of users trained on.</param>
/// <param name="Held">Number of held-out users, which come first in each row.</param>
/// <param name="Scores">[methods][held-out users, then others] z-scores.</param>
internal sealed record ScoreSheet(string ListId, int Seeds, int Held, float[][] Scores)
{
    /// <summary>Recall averaged over sizes, for scores laid out as a row of <see cref="Scores"/>.</summary>
    /// <remarks>A held-out user is found at a size if their score is higher than that of the last other user who would fill it; an equal
    /// score counts half.</remarks>
    /// <param name="scores">Held-out users, then others.</param>
    /// <param name="fractions">Sizes as shares of the population.</param>
    /// <param name="scratch">Working space for the scores of the others.</param>
    public double AverageRecall(ReadOnlySpan<float> scores, IReadOnlyList<double> fractions, Span<float> scratch)
    {
        var others = scratch[..(scores.Length - Held)];
        scores[Held..].CopyTo(others);
        var sum = 0.0;
        foreach (var fraction in fractions.OrderDescending())
        {
            // Scores above the threshold of a size come first, so the next smaller size only looks there.
            var k = Math.Clamp((int)Math.Round(fraction * (scores.Length - Held)), 1, others.Length);
            var threshold = Selection.Largest(others, k);
            others = others[..k];
            foreach (var score in scores[..Held]) sum += score > threshold ? 1 : score == threshold ? 0.5 : 0;
        }

        return sum / (Held * (double)fractions.Count);
    }
}
