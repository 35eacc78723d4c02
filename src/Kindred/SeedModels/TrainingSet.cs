using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>The rows that one seed list's classifier is trained on: its positives, and negatives from the candidate pool.</summary>
/// <remarks>
/// A row has the layout of <see cref="InputScale"/>, padded with zeros to a multiple of 16.
/// Rows ascend by user hash, so sums over them do not depend on shards.
/// </remarks>
internal sealed class TrainingSet : IDisposable
{
    private TrainingSet(AlignedMatrix inputs, float[] labels, float[] weights, ulong[] hashes)
    {
        Inputs = inputs;
        Labels = labels;
        Weights = weights;
        Hashes = hashes;
    }

    /// <summary>[rows × stride].</summary>
    public AlignedMatrix Inputs { get; }

    /// <summary>Numbers of a row that are in use: embedding, activity, constant.</summary>
    public int Columns => Scale.Columns;

    /// <summary>[rows] 1 for a seed, 0 otherwise.</summary>
    public float[] Labels { get; }

    /// <summary>[rows] sample weights.</summary>
    public float[] Weights { get; }

    /// <summary>[rows] ascending.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Rows.</summary>
    public int Count => Labels.Length;

    /// <summary>The scale that converted users into rows.</summary>
    public required InputScale Scale { get; init; }

    /// <summary>ln(β/γ): what to add to a log-odds learnt from shares β of the negatives and γ of the positives.</summary>
    public required double LogitOffset { get; init; }

    /// <summary>The source of the rows, to draw fresh negatives from.</summary>
    private Source From { get; init; } = null!;

    /// <summary>Gathers a list's rows.</summary>
    public static TrainingSet Of(
        SeedMatch seeds, float[] seedWeights, Population population, CandidatePool pool, TrainingSample sample, InputScale scale)
    {
        var isSeed = seeds.Users.ToHashSet();
        var others = new TrainingRows(pool.Users.Count);
        for (var i = 0; i < pool.Users.Count; i++)
        {
            if (!isSeed.Contains(pool.Users[i])) others.Add(pool.Users[i], pool.Hashes[i], 1);
        }

        if (others.Count == 0) throw new NoNegativesException(seeds.List.Id);

        var source = new Source(
            population, sample.PositivesOf(seeds, seedWeights, population), others, sample.MaxNegatives, sample.KeyOf(seeds).Then(0),
            scale);
        return Gather(source, 0, source.LogitOffset(seeds.Users.Count, pool));
    }

    /// <summary>The same positives with the negatives of an epoch: a fresh sample if there are more than an epoch uses.</summary>
    /// <returns>This set if it contains all negatives; otherwise a new set, which the caller disposes of.</returns>
    public TrainingSet ForEpoch(int epoch) =>
        epoch == 0 || From.Others.Count <= From.MaxNegatives ? this : Gather(From, epoch, LogitOffset);

    /// <inheritdoc/>
    public void Dispose() => Inputs.Dispose();

    private static TrainingSet Gather(Source source, int epoch, double logitOffset)
    {
        var positives = source.Positives;
        var negatives = source.Negatives(epoch);
        var count = positives.Count + negatives.Count;
        var hashes = positives.Hashes.Concat(negatives.Hashes).ToArray();
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Array.Sort(hashes, order);

        var inputs = new AlignedMatrix(count, (source.Scale.Columns + 15) / 16 * 16);
        var labels = new float[count];
        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            var isPositive = order[i] < positives.Count;
            var (user, weight) = isPositive ? positives[order[i]] : negatives[order[i] - positives.Count];
            labels[i] = isPositive ? 1 : 0;
            weights[i] = weight;
            source.Scale.Write(source.Population, user, inputs.Row(i));
        }

        return new TrainingSet(inputs, labels, weights, hashes)
        {
            Scale = source.Scale,
            LogitOffset = logitOffset,
            From = source,
        };
    }

    /// <summary>Converts weights on standardised inputs into weights on the inputs that scoring reads:
    /// <see cref="InputScale.Unstandardize"/>.</summary>
    public double Unstandardize(Span<double> standardized) => Scale.Unstandardize(standardized);

    private sealed record Source(Population Population, TrainingRows Positives, TrainingRows Others, int MaxNegatives, ulong Key,
        InputScale Scale)
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
