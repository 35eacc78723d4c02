using Kindred.Audiences;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels.Mlp;

namespace Kindred.SeedModels;

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

    /// <summary>Gathers a list's rows.</summary>
    public static TrainingSet Of(SeedMatch seeds, float[] seedWeights, Population population, CandidatePool pool, MlpOptions options)
    {
        var key = SampleKey.Of(options.Seed, UserHash.Of("training set"u8)).Then(HoldOut.ListKey(seeds.List.Id));
        var all = new Rows(seeds.Users.Count);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            all.Add(seeds.Users[i], UserHash.Of(population.UserId(seeds.Users[i])), seedWeights[seeds.Positions[i]]);
        }

        var positives = all.Sample(options.MaxPositives, key.Then(1));
        var isSeed = seeds.Users.ToHashSet();
        var others = new Rows(pool.Users.Count);
        for (var i = 0; i < pool.Users.Count; i++)
        {
            if (!isSeed.Contains(pool.Users[i])) others.Add(pool.Users[i], pool.Hashes[i], 1);
        }

        var negatives = others.Sample(options.MaxNegatives, key.Then(0));
        if (negatives.Count == 0)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"Seed list '{seeds.List.Id}' leaves no negatives: every active user of the target population is a seed. " +
                "Use a smaller seed list or a larger population.");
        }

        // A pool that is a sample tells by its own share of seeds how many of all candidates are none.
        var negativeShare = negatives.Count / ((double)pool.Candidates * others.Count / pool.Users.Count);
        var positiveShare = (double)positives.Count / all.Count;
        return Gather(positives, negatives, population, PortableMath.Log(negativeShare / positiveShare));
    }

    /// <inheritdoc/>
    public void Dispose() => Inputs.Dispose();

    private static TrainingSet Gather(Rows positives, Rows negatives, Population population, double logitOffset)
    {
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
            UserTile.HalfNormalize(shard.Embeddings.Span.Slice(user.Row * dimension, dimension), row);
            foreach (var value in row[..dimension]) squares += value * value;
            if (population.HasActivity)
            {
                row[dimension] = (float)((shard.Activity.Span[user.Row] - activity.Mean) / activity.Deviation * ActivityWeight);
            }

            row[dimension + 1] = 1;
        }

        var scale = squares > 0 ? Math.Sqrt(dimension * (double)count / squares) : 1;
        for (var i = 0; i < count; i++)
        {
            foreach (ref var value in inputs.Row(i)[..dimension]) value = (float)(value * scale);
        }

        return new TrainingSet(inputs, dimension + 2, labels, weights, hashes)
        {
            EmbeddingScale = scale,
            Activity = population.HasActivity ? activity : new ActivityScale(0, 1),
            LogitOffset = logitOffset,
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

    private sealed class Rows(int capacity)
    {
        private readonly List<UserRow> _users = new(capacity);
        private readonly List<ulong> _hashes = new(capacity);
        private readonly List<float> _weights = new(capacity);

        public int Count => _users.Count;

        public IReadOnlyList<ulong> Hashes => _hashes;

        public (UserRow User, float Weight) this[int index] => (_users[index], _weights[index]);

        public void Add(UserRow user, ulong hash, float weight)
        {
            _users.Add(user);
            _hashes.Add(hash);
            _weights.Add(weight);
        }

        /// <summary>At most <paramref name="limit"/> rows: those with the smallest keys.</summary>
        public Rows Sample(int limit, ulong key)
        {
            if (Count <= limit) return this;

            var keys = new ulong[Count];
            var order = new int[Count];
            for (var i = 0; i < Count; i++)
            {
                keys[i] = key.Then(_hashes[i]);
                order[i] = i;
            }

            Array.Sort(keys, order);
            var sample = new Rows(limit);
            foreach (var i in order.AsSpan(0, limit)) sample.Add(_users[i], _hashes[i], _weights[i]);
            return sample;
        }
    }
}
