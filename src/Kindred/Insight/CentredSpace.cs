using Kindred.Numerics;
using Kindred.Populations;
using Kindred.SeedModels;

namespace Kindred.Insight;

/// <summary>Unit embeddings minus the population's mean, scaled to unit length again: traits common to all users say nothing about a
/// list.</summary>
internal sealed class CentredSpace
{
    private readonly Population _population;
    private readonly float[] _mean;

    private CentredSpace(Population population, float[] mean)
    {
        _population = population;
        _mean = mean;
    }

    /// <summary>Numbers per row: the dimension, padded for the kernels.</summary>
    private int Stride => _mean.Length;

    /// <summary>The space around the mean of a pool.</summary>
    public static CentredSpace Of(Population population, CandidatePool pool)
    {
        var space = new CentredSpace(population, new float[(population.Dimension + 7) / 8 * 8]);
        var sum = new double[space.Stride];
        var row = new float[space.Stride];
        foreach (var user in pool.Users)
        {
            space.Unit(user, row);
            for (var k = 0; k < sum.Length; k++) sum[k] += row[k];
        }

        return new CentredSpace(population, Array.ConvertAll(sum, value => (float)(value / pool.Users.Count)));
    }

    /// <summary>[users × stride] rows of unit length; zeros for a user without an embedding.</summary>
    public AlignedMatrix Gather(IReadOnlyList<UserRow> users)
    {
        var rows = new AlignedMatrix(users.Count, Stride);
        for (var i = 0; i < users.Count; i++)
        {
            var row = rows.Row(i);
            if (!Unit(users[i], row)) continue;
            for (var k = 0; k < row.Length; k++) row[k] -= _mean[k];
            Normalise(row);
        }

        return rows;
    }

    private bool Unit(UserRow user, Span<float> row)
    {
        row.Clear();
        var dimension = _population.Dimension;
        _population.Shards[user.Shard].Embeddings.Span.Slice(user.Row * dimension, dimension).CopyTo(row);
        return Normalise(row);
    }

    private static bool Normalise(Span<float> row)
    {
        var squared = 0.0;
        foreach (var value in row) squared += (double)value * value;
        if (squared < 1e-24)
        {
            row.Clear();
            return false;
        }

        var factor = 1 / Math.Sqrt(squared);
        foreach (ref var value in row) value = (float)(value * factor);
        return true;
    }
}
