using Kindred.Numerics;

namespace Kindred.Insight;

/// <summary>The similarity of a list's seeds to each other, compared with random users who are not on the list.</summary>
/// <remarks>
/// Users are unit embeddings minus the mean of the population. A seed's closeness is the cosine to the mean of the
/// other seeds (leave one out); a random user's, to the mean of all seeds. Neither <see cref="Near"/> nor <see cref="Far"/> grows with the
/// list: for a random list both are 5%.
/// </remarks>
/// <param name="MeanCosine">Mean cosine of two different seeds; 0 for random users.</param>
/// <param name="Near">Share of the seeds who are closer than 95% of random users.</param>
/// <param name="Far">Share of outliers: seeds who are less close than 95% of random users.</param>
public sealed record SeedCohesion(double MeanCosine, double Near, double Far)
{
    private const double Tail = 0.05;

    /// <summary>Compares seeds with random users.</summary>
    /// <param name="seeds">[seeds × stride] unit rows, or zeros for a user without an embedding.</param>
    /// <param name="reference">[users × stride] the same for random users.</param>
    /// <param name="used">Rows of <paramref name="reference"/> that are not seeds.</param>
    /// <param name="isFar">[seeds] receives true for outliers.</param>
    internal static SeedCohesion Of(AlignedMatrix seeds, AlignedMatrix reference, IReadOnlyList<int> used, out bool[] isFar)
    {
        var sum = SumOf(seeds);
        var squared = 0.0;
        foreach (var value in sum) squared += value * value;
        var sumRow = Array.ConvertAll(sum, value => (float)value);

        var closeness = new double[seeds.Rows];
        var own = 0.0;
        for (var i = 0; i < seeds.Rows; i++)
        {
            double toSum = VectorKernels.Dot(seeds.Row(i), sumRow), length = VectorKernels.Dot(seeds.Row(i), seeds.Row(i));
            own += length;
            closeness[i] = Quotient(toSum - length, squared - 2 * toSum + length);
        }

        var random = new double[used.Count];
        for (var i = 0; i < random.Length; i++) random[i] = Quotient(VectorKernels.Dot(reference.Row(used[i]), sumRow), squared);
        Array.Sort(random);
        var (low, high) = (random[(int)(Tail * random.Length)], random[^(1 + (int)(Tail * random.Length))]);
        isFar = Array.ConvertAll(closeness, value => value < low);
        double count = seeds.Rows;
        return new SeedCohesion(
            (squared - own) / (count * (count - 1)), closeness.Count(value => value > high) / count, isFar.Count(far => far) / count);
    }

    private static double[] SumOf(AlignedMatrix rows)
    {
        var sum = new double[rows.Columns];
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows.Row(i);
            for (var k = 0; k < sum.Length; k++) sum[k] += row[k];
        }

        return sum;
    }

    // The cosine except for the user's length, which is 1 or 0; seeds that cancel each other out have no direction.
    private static double Quotient(double product, double squared) => squared > 1e-12 ? product / Math.Sqrt(squared) : 0;
}
