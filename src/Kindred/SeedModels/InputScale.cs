using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedModels;

/// <summary>The conversion of a user into a row of inputs: [scale · half-normalised embedding, 2 · standardised activity, 1].</summary>
/// <remarks>The scale comes from the candidates alone, so that all lists of a run have the same inputs.</remarks>
/// <param name="Dimension">Length of an embedding.</param>
/// <param name="Embedding">Factor of the half-normalised embedding that makes its mean square over the candidates 1.</param>
/// <param name="Activity">Mean and deviation that standardise the activity; 0 and 1 if the population has no activity.</param>
internal sealed record InputScale(int Dimension, double Embedding, ActivityScale Activity)
{
    /// <summary>Weight of the standardised activity: about 2 keeps regularisation from shrinking it to nothing beside the
    /// embedding.</summary>
    private const double ActivityWeight = 2;

    private const int Block = 1024;

    /// <summary>Numbers per row: embedding, activity, constant.</summary>
    public int Columns => Dimension + 2;

    /// <summary>The scale of some candidates.</summary>
    /// <param name="population">The users.</param>
    /// <param name="candidates">The candidates that the scale is computed from.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    public static InputScale Of(Population population, CandidatePool candidates, int threads = 1, CancellationToken cancellation = default)
    {
        // The square of a half-normalised embedding is the embedding's length.
        var sums = new double[(candidates.Users.Count + Block - 1) / Block];
        Workers.Run(threads, sums.Length, (block, _) =>
        {
            for (var i = block * Block; i < Math.Min(candidates.Users.Count, (block + 1) * Block); i++)
            {
                sums[block] += UserEmbeddings.Length(population.EmbeddingOf(candidates.Users[i]));
            }
        }, cancellation);
        var squares = sums.Sum();
        return new InputScale(
            population.Dimension,
            squares > 0 ? Math.Sqrt(population.Dimension * (double)candidates.Users.Count / squares) : 1,
            population.HasActivity ? population.Activity : new ActivityScale(0, 1));
    }

    /// <summary>Writes a user's row.</summary>
    /// <param name="population">The population of the scale.</param>
    /// <param name="user">The user.</param>
    /// <param name="row">[at least <see cref="Columns"/>] entries beyond them stay as they are.</param>
    public void Write(Population population, UserRow user, Span<float> row)
    {
        UserLanes.HalfNormalize(population.EmbeddingOf(user), row);
        foreach (ref var value in row[..Dimension]) value = (float)(value * Embedding);
        row[Dimension] = population.HasActivity
            ? (float)((population.Shards[user.Shard].Activity.Span[user.Row] - Activity.Mean) / Activity.Deviation * ActivityWeight)
            : 0;
        row[Dimension + 1] = 1;
    }

    /// <summary>Converts weights on rows into weights on the inputs that scoring reads.</summary>
    /// <param name="standardized">[<see cref="Columns"/>] weights of embedding, activity and constant; changed in place.</param>
    /// <returns>The bias; the first dimension + 1 entries of <paramref name="standardized"/> are the weights.</returns>
    public double Unstandardize(Span<double> standardized)
    {
        for (var k = 0; k < Dimension; k++) standardized[k] *= Embedding;
        var perActivity = standardized[Dimension] * ActivityWeight / Activity.Deviation;
        standardized[Dimension] = perActivity;
        return standardized[Dimension + 1] - perActivity * Activity.Mean;
    }

    /// <summary>Converts weights on the inputs that scoring reads into weights on rows: the inverse of
    /// <see cref="Unstandardize"/>.</summary>
    /// <param name="weights">[dimension + 1] weights of embedding and activity.</param>
    /// <param name="bias">The bias.</param>
    /// <returns>[<see cref="Columns"/>] weights of embedding, activity and constant.</returns>
    public double[] Standardize(ReadOnlySpan<float> weights, double bias)
    {
        var standardized = new double[Columns];
        for (var k = 0; k < Dimension; k++) standardized[k] = weights[k] / Embedding;
        standardized[Dimension] = weights[Dimension] * (Activity.Deviation / ActivityWeight);
        standardized[Dimension + 1] = bias + weights[Dimension] * Activity.Mean;
        return standardized;
    }
}
