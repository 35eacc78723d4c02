using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.SeedModels.Lsh;

/// <summary>Ranks users by how many seeds share their regions of locality-sensitive hashing.</summary>
/// <remarks>
/// After deWet and Ou, "Finding Users Who Act Alike" (KDD 2019), which the act-alike post calls similarity: all users are cut into
/// regions by random hyperplanes, many times over; a user's score is the mean over his regions of what each is worth.
/// </remarks>
public sealed class LshMethod(LshOptions options) : IExpansionMethod
{
    // The regions of a context's candidates are the same for all lists.
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
        var values = new float[inRegion.Length];
        for (var region = 0; region < values.Length; region++)
        {
            values[region] = (float)(options.Score == LshScore.Voting ? inRegion[region] : PortableMath.Log(
                (inRegion[region] + options.SeedSmoothing) / (pool.Users[region] * pool.Scale + options.UserSmoothing)));
        }

        return new SeedModel(new LshScorer(pool.Planes, values), new Dictionary<string, double> { ["positives"] = seeds.Users.Count });
    }
}
