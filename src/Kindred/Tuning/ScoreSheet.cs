using Kindred.Numerics;

namespace Kindred.Tuning;

/// <summary>The standardised scores that each method gave one list's held-out users and a sample of the others.</summary>
/// <param name="ListId">The list.</param>
/// <param name="Seeds">Users that were trained on.</param>
/// <param name="Held">Held-out users: the first of each row.</param>
/// <param name="Scores">[methods][held-out users, then others] z-scores.</param>
internal sealed record ScoreSheet(string ListId, int Seeds, int Held, float[][] Scores)
{
    /// <summary>Recall averaged over sizes, for scores laid out as a row of <see cref="Scores"/>.</summary>
    /// <remarks>A held-out user is found at a size if he scores higher than the last of the others who would fill it; half if equal.</remarks>
    /// <param name="scores">Held-out users, then others.</param>
    /// <param name="fractions">Sizes as shares of the population.</param>
    /// <param name="scratch">Room for the others.</param>
    public double AverageRecall(ReadOnlySpan<float> scores, IReadOnlyList<double> fractions, Span<float> scratch)
    {
        var others = scratch[..(scores.Length - Held)];
        scores[Held..].CopyTo(others);
        var sum = 0.0;
        foreach (var fraction in fractions.OrderDescending())
        {
            // What is larger than the threshold of a size stands first, so the next smaller one looks only there.
            var k = Math.Clamp((int)Math.Round(fraction * (scores.Length - Held)), 1, others.Length);
            var threshold = Selection.Largest(others, k);
            others = others[..k];
            foreach (var score in scores[..Held]) sum += score > threshold ? 1 : score == threshold ? 0.5 : 0;
        }

        return sum / (Held * (double)fractions.Count);
    }
}
