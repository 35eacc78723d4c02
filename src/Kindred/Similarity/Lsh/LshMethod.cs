using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Lsh;

/// <summary>Ranks users by the number of seeds that share their regions of locality-sensitive hashing.</summary>
/// <remarks>
/// After deWet and Ou, "Finding Users Who Act Alike" (KDD 2019), which the act-alike post calls similarity: random hyperplanes divide all
/// users into regions, many times over; a user's score is the mean value of their regions. Kindred adds the average of a density over
/// coarser regions around it (<see cref="LshOptions.Levels"/>), and the smoothing of the density.
/// </remarks>
public sealed class LshMethod(LshOptions options) : IExpansionMethod
{
    // All lists share the regions of a context's candidates.
    private readonly ConditionalWeakTable<CandidatePool, Lazy<PoolRegions>> _pools = [];

    /// <inheritdoc/>
    public string Name => "lsh";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var pool = _pools.GetValue(context.Pool, _ => new Lazy<PoolRegions>(() => PoolRegions.Of(context, options))).Value;
        var inRegion = pool.SumSeeds(seeds, seedWeights, context.Population, cancellation);
        var values = options.Score == LshScore.Voting ? Array.ConvertAll(inRegion, sum => (float)sum) : Densities(pool, inRegion);
        return new SeedModel(new LshScorer(pool.Planes, values), new Dictionary<string, double> { ["positives"] = seeds.Users.Count });
    }

    private float[] Densities(PoolRegions pool, double[] seeds)
    {
        var sums = new double[seeds.Length];
        var (bits, levels) = (pool.Planes.Settings.Bits, 0);
        for (; levels < options.Levels && bits > 0; levels++, bits -= 2)
        {
            // A region's first bits are the number of the coarser region around it.
            var size = 1 << bits;
            for (var first = 0; first < sums.Length; first += pool.Planes.Regions) AddDensities(first, size);
        }

        return Array.ConvertAll(sums, sum => (float)(sum / levels));

        void AddDensities(int first, int size)
        {
            var (seedsIn, usersIn) = (new double[size], new double[size]);
            for (var region = 0; region < pool.Planes.Regions; region++)
            {
                seedsIn[region % size] += seeds[first + region];
                usersIn[region % size] += pool.Users[first + region] * pool.Scale;
            }

            var density = new double[size];
            for (var region = 0; region < size; region++)
            {
                density[region] = PortableMath.Log((seedsIn[region] + options.SeedSmoothing) / (usersIn[region] + options.UserSmoothing));
            }

            for (var region = 0; region < pool.Planes.Regions; region++) sums[first + region] += density[region % size];
        }
    }
}
