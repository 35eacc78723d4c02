using Kindred.Numerics;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>How many rows of each kind a training reads, and the seed of their choice.</summary>
internal readonly record struct TrainingSample(int MaxPositives, int MaxNegatives, ulong Seed);

/// <summary>The rows that one seed list's classifier is trained on: its positives, and negatives from the candidate pool.</summary>
/// <remarks>
/// A row is [scale · half-normalised embedding, 2 · standardised activity, 1, 0 …], padded to a multiple of 16.
/// Rows ascend by user hash, so sums over them do not depend on shards.
/// </remarks>
internal sealed class TrainingSet : IDisposable
{
    /// <summary>Weight of the standardised activity: about 2 keeps it from being shrunk away beside the embedding.</summary>
    private const double ActivityWeight = 2;

    private TrainingSet(AlignedMatrix inputs, int columns, float[] labels, float[] weights, ulong[] hashes)
    {
        Inputs = inputs;
        Columns = columns;
        Labels = labels;
        Weights = weights;
        Hashes = hashes;
    }

    /// <summary>[rows × stride].</summary>
    public AlignedMatrix Inputs { get; }

    /// <summary>Numbers in use of a row: embedding, activity, constant.</summary>
    public int Columns { get; }

    /// <summary>[rows] 1 for a seed, 0 otherwise.</summary>
    public float[] Labels { get; }

    /// <summary>[rows] sample weights.</summary>
    public float[] Weights { get; }

    /// <summary>[rows] ascending.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Rows.</summary>
    public int Count => Labels.Length;

    /// <summary>What the embedding was multiplied with, so that its mean square is 1.</summary>
    public required double EmbeddingScale { get; init; }

    /// <summary>Mean and deviation that the activity was standardised with.</summary>
    public required ActivityScale Activity { get; init; }

    /// <summary>ln(β/γ): what to add to a log-odds learnt from shares β of the negatives and γ of the positives.</summary>
    public required double LogitOffset { get; init; }

    /// <summary>Where the rows came from, to draw fresh negatives.</summary>
    private Source From { get; init; } = null!;

    /// <summary>Gathers a list's rows.</summary>
    public static TrainingSet Of(SeedMatch seeds, float[] seedWeights, Population population, CandidatePool pool, TrainingSample sample)
    {
        var key = SampleKey.Of(sample.Seed, UserHash.Of("training set"u8)).Then(HoldOut.ListKey(seeds.List.Id));
        var all = new TrainingRows(seeds.Users.Count);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            all.Add(seeds.Users[i], UserHash.Of(population.UserId(seeds.Users[i])), seedWeights[i]);
        }

        var isSeed = seeds.Users.ToHashSet();
        var others = new TrainingRows(pool.Users.Count);
        for (var i = 0; i < pool.Users.Count; i++)
        {
            if (!isSeed.Contains(pool.Users[i])) others.Add(pool.Users[i], pool.Hashes[i], 1);
        }

        if (others.Count == 0) throw new NoNegativesException(seeds.List.Id);

        var positives = all.Sample(sample.MaxPositives, key.Then(1));
        var source = new Source(population, positives, others, sample.MaxNegatives, key.Then(0));
        return Gather(source, 0, null, source.LogitOffset(all.Count, pool));
    }

    /// <summary>The same positives with the negatives of an epoch: a fresh sample where there are more than are used at a time.</summary>
    /// <returns>This set where all negatives are in it anyway; otherwise a new one to be disposed.</returns>
    public TrainingSet ForEpoch(int epoch) =>
        epoch == 0 || From.Others.Count <= From.MaxNegatives ? this : Gather(From, epoch, EmbeddingScale, LogitOffset);

    /// <inheritdoc/>
    public void Dispose() => Inputs.Dispose();

    private static TrainingSet Gather(Source source, int epoch, double? fixedScale, double logitOffset)
    {
        var (population, positives) = (source.Population, source.Positives);
        var negatives = source.Negatives(epoch);
        var count = positives.Count + negatives.Count;
        var hashes = positives.Hashes.Concat(negatives.Hashes).ToArray();
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Array.Sort(hashes, order);

        var dimension = population.Dimension;
        var inputs = new AlignedMatrix(count, (dimension + 2 + 15) / 16 * 16);
        var labels = new float[count];
        var weights = new float[count];
        var activity = population.Activity;
        var squares = 0.0;
        for (var i = 0; i < count; i++)
        {
            var isPositive = order[i] < positives.Count;
            var (user, weight) = isPositive ? positives[order[i]] : negatives[order[i] - positives.Count];
            labels[i] = isPositive ? 1 : 0;
            weights[i] = weight;

            var shard = population.Shards[user.Shard];
            var row = inputs.Row(i);
            UserPanel.HalfNormalize(shard.Embeddings.Span.Slice(user.Row * dimension, dimension), row);
            foreach (var value in row[..dimension]) squares += value * value;
            if (population.HasActivity)
            {
                row[dimension] = (float)((shard.Activity.Span[user.Row] - activity.Mean) / activity.Deviation * ActivityWeight);
            }

            row[dimension + 1] = 1;
        }

        var scale = fixedScale ?? (squares > 0 ? Math.Sqrt(dimension * (double)count / squares) : 1);
        for (var i = 0; i < count; i++)
        {
            foreach (ref var value in inputs.Row(i)[..dimension]) value = (float)(value * scale);
        }

        return new TrainingSet(inputs, dimension + 2, labels, weights, hashes)
        {
            EmbeddingScale = scale,
            Activity = population.HasActivity ? activity : new ActivityScale(0, 1),
            LogitOffset = logitOffset,
            From = source,
        };
    }

    /// <summary>Turns weights on standardised inputs into weights on a user's inputs as they are scored.</summary>
    /// <param name="standardized">[columns] weights of embedding, activity and constant; changed in place.</param>
    /// <returns>The bias; the first dimension + 1 entries of <paramref name="standardized"/> are the weights.</returns>
    public double Unstandardize(Span<double> standardized)
    {
        var dimension = Columns - 2;
        for (var k = 0; k < dimension; k++) standardized[k] *= EmbeddingScale;
        var perActivity = standardized[dimension] * ActivityWeight / Activity.Deviation;
        standardized[dimension] = perActivity;
        return standardized[dimension + 1] - perActivity * Activity.Mean;
    }

    private sealed record Source(Population Population, TrainingRows Positives, TrainingRows Others, int MaxNegatives, ulong Key)
    {
        public TrainingRows Negatives(int epoch) => Others.Sample(MaxNegatives, Key.Then((ulong)epoch));

        public double LogitOffset(int seeds, CandidatePool pool)
        {
            // The pool itself may be a sample of the candidates.
            var poolShare = pool.Users.Count / (double)pool.Candidates;
            var negativeShare = Math.Min(1, (double)MaxNegatives / Others.Count) * poolShare;
            var positiveShare = (double)Positives.Count / seeds;
            return PortableMath.Log(negativeShare / positiveShare);
        }
    }
}
