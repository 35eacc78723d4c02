using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Bench.Data;

/// <summary>Users about half of which are seeds, by a rule that a linear model cannot learn completely.</summary>
internal sealed class TrainingData : IDisposable
{
    private const uint FirstDirection = 2;
    private const uint SecondDirection = 3;

    private TrainingData(Population population, SeedMatch seeds, TrainingSet set)
    {
        Population = population;
        Seeds = seeds;
        Set = set;
    }

    /// <summary>The users.</summary>
    public Population Population { get; }

    /// <summary>The seeds among them.</summary>
    public SeedMatch Seeds { get; }

    /// <summary>The rows.</summary>
    public TrainingSet Set { get; }

    /// <summary>Creates the users of <see cref="BenchPopulation"/>; a user is a seed if e·a + 2 (e·b)² &gt; ⅔, with a and b from two
    /// streams.</summary>
    public static TrainingData Create(ulong seed, int rows, int dimension)
    {
        var population = BenchPopulation.Create(seed, rows, dimension);
        float[] a = BenchNumbers.Uniform(seed, FirstDirection, dimension), b = BenchNumbers.Uniform(seed, SecondDirection, dimension);
        var embeddings = population.Shards[0].Embeddings;
        var seeds = SeedMatch.Of("bench", Enumerable.Range(0, rows).Where(IsSeed).Select(row => new UserRow(0, row)), population);
        var pool = CandidatePool.Of(population, null, rows, seed);
        var weights = Enumerable.Repeat(1f, seeds.Users.Count).ToArray();
        var set = TrainingSet.Of(seeds, weights, population, pool, new TrainingSample(rows, rows, seed), InputScale.Of(population, pool));
        return new TrainingData(population, seeds, set);

        bool IsSeed(int row)
        {
            double first = 0, second = 0;
            var user = embeddings.Span.Slice(row * dimension, dimension);
            for (var k = 0; k < dimension; k++)
            {
                first += (double)user[k] * a[k];
                second += (double)user[k] * b[k];
            }

            return first + 2 * second * second > 2.0 / 3;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Set.Dispose();
        Population.Dispose();
    }
}
