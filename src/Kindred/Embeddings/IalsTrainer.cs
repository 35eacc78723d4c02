using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.Embeddings;

/// <summary>User and item embeddings, in the order of an <see cref="InteractionMatrix"/>.</summary>
/// <param name="Users">[users × copies · dimension]; zeros for users without interactions.</param>
/// <param name="Items">[items × copies · dimension].</param>
internal sealed record TrainedEmbeddings(AlignedMatrix Users, AlignedMatrix Items) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Users.Dispose();
        Items.Dispose();
    }
}

/// <summary>Trains embeddings by implicit alternating least squares.</summary>
/// <remarks>
/// Minimises Σ_seen c (1 − u·v)² + α₀ Σ_all (u·v)² + λ Σ_u (n_u + α₀ M) |u|² + λ Σ_v (n_v + α₀ N) |v|², c = 1 + ln w,
/// n = Σ c, N users, M items (Hu, Koren, Volinsky 2008; the regularisation of Rendle, Krichene, Zhang, Koren 2021 with ν = 1).
/// </remarks>
internal static class IalsTrainer
{
    /// <summary>Trains on every interaction, and gives every user an embedding.</summary>
    /// <param name="interactions">In canonical order.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the training between rows.</param>
    /// <exception cref="KindredException">There are no interactions, or an embedding is not finite.</exception>
    public static TrainedEmbeddings Train(
        InteractionMatrix interactions, IalsOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var byUser = interactions.Rows;
        double total = TrainingRows(interactions, options) + byUser.Count;
        var done = 0L;
        void Report(long rows) => progress?.Invoke(Interlocked.Add(ref done, rows) / total);

        var items = TrainItems(interactions, options, Report, cancellation);
        using var foldIn = new FoldIn(items, options.UnobservedWeight, options.Regularization, options.Threads, options.Copies);
        var users = foldIn.Embed(byUser, options.Threads, Report, cancellation);
        ThrowIfNotFinite(users, interactions.Users);
        return new TrainedEmbeddings(users, items);
    }

    /// <summary>Trains the items' embeddings on every interaction; <see cref="FoldIn"/> computes the users' embeddings.</summary>
    /// <param name="interactions">In canonical order.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops the training between rows.</param>
    /// <returns>[items × copies · dimension].</returns>
    /// <exception cref="KindredException">There are no interactions.</exception>
    public static AlignedMatrix TrainItems(
        InteractionMatrix interactions, IalsOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var total = TrainingRows(interactions, options);
        var done = 0L;
        return TrainItems(interactions, options, (long rows) => progress?.Invoke(Interlocked.Add(ref done, rows) / total), cancellation);
    }

    private static double TrainingRows(InteractionMatrix interactions, IalsOptions options) =>
        options.Copies * options.Iterations * ((double)interactions.Rows.Count + interactions.Items.Count);

    // A separate method, so that memory of the training is released before users are folded in.
    private static AlignedMatrix TrainItems(
        InteractionMatrix interactions, IalsOptions options, Action<long> report, CancellationToken cancellation)
    {
        Check(interactions, options);
        var byUser = Confidences.Of(interactions.Rows);
        var byItem = Transposition.Of(byUser, interactions.Items.Count, options.Threads, cancellation);
        var step = new HalfStep(options.UnobservedWeight, options.Regularization, options.Threads, cancellation);
        var items = new AlignedMatrix(interactions.Items.Count, options.TotalDimension);
        for (var copy = 0; copy < options.Copies; copy++)
        {
            using var ofItems = InitialItems(interactions.Items, options, copy);
            using var ofUsers = new AlignedMatrix(byUser.Count, ofItems.Columns);
            for (var iteration = 0; iteration < options.Iterations; iteration++)
            {
                step.Improve(byUser, ofUsers, ofItems, options.Dimension, options.Steps, report);
                step.Improve(byItem, ofItems, ofUsers, options.Dimension, options.Steps, report);
            }

            for (var i = 0; i < ofItems.Rows; i++) ofItems.Row(i)[..options.Dimension].CopyTo(items.Row(i)[(copy * options.Dimension)..]);
        }

        return items;
    }

    /// <summary>The value of the objective of a single copy, in double precision; slow, for tests and diagnosis.</summary>
    public static double Objective(InteractionMatrix interactions, TrainedEmbeddings embeddings, IalsOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Copies, 1);
        double loss = 0, ridge = 0;
        var rows = interactions.Rows;
        var itemConfidence = new double[interactions.Items.Count];
        for (var u = 0; u < rows.Count; u++)
        {
            var user = embeddings.Users.Row(u);
            var seen = 0.0;
            var columns = rows.ColumnsOf(u);
            for (var i = 0; i < columns.Length; i++)
            {
                double c = Confidences.Of(rows.WeightsOf(u)[i]);
                var miss = 1 - Dot(user, embeddings.Items.Row(columns[i]));
                loss += c * miss * miss;
                seen += c;
                itemConfidence[columns[i]] += c;
            }

            ridge += (seen + options.UnobservedWeight * embeddings.Items.Rows) * Dot(user, user);
        }

        for (var i = 0; i < itemConfidence.Length; i++)
        {
            var item = embeddings.Items.Row(i);
            ridge += (itemConfidence[i] + options.UnobservedWeight * embeddings.Users.Rows) * Dot(item, item);
        }

        // Σ_all (u·v)² = ⟨UᵀU, VᵀV⟩.
        var userGram = GramMatrix.Of(embeddings.Users, 1);
        var itemGram = GramMatrix.Of(embeddings.Items, 1);
        var all = 0.0;
        for (var i = 0; i < userGram.Length; i++) all += userGram[i] * itemGram[i];
        return loss + options.UnobservedWeight * all + options.Regularization * ridge;
    }

    private static AlignedMatrix InitialItems(IdList ids, IalsOptions options, int copy)
    {
        // Uniform with the standard deviation 0.1/√d; keyed by the item's id, so that it does not depend on the other items.
        var items = new AlignedMatrix(ids.Count, PrincipalAxes.StrideOf(options.Dimension));
        var range = 0.1 / Math.Sqrt(options.Dimension) * Math.Sqrt(12);
        var purpose = SampleKey.Of(options.Seed, UserHash.Of("ials item"u8));
        if (copy > 0) purpose = purpose.Then((ulong)copy);
        for (var i = 0; i < ids.Count; i++)
        {
            var key = purpose.Then(UserHash.Of(ids[i]));
            var row = items.Row(i)[..options.Dimension];
            for (var j = 0; j < row.Length; j++) row[j] = (float)((key.Then((ulong)j).ToUnit() - 0.5) * range);
        }

        return items;
    }

    private static void Check(InteractionMatrix interactions, IalsOptions options)
    {
        if (options.Dimension % 8 != 0)
        {
            throw new KindredException(ErrorKind.Usage, "embedding_dimension_invalid",
                $"The dimension is {options.Dimension}; it must be a multiple of 8 from 16 to 512.", "")
            {
                Values = new Dictionary<string, object?> { ["dimension"] = options.Dimension },
            };
        }

        if (interactions.Rows.Entries == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "no_interactions",
                "There is nothing to train on: no user of the population has an interaction with a positive weight.",
                "Check that the users' file and the interactions use the same user_id.");
        }
    }

    /// <param name="embeddings">[users × ·].</param>
    /// <param name="ids">Ids of all users.</param>
    /// <param name="which">The users of the rows; null if they are all users.</param>
    internal static void ThrowIfNotFinite(AlignedMatrix embeddings, IdList ids, IReadOnlyList<int>? which = null)
    {
        for (var i = 0; i < embeddings.Rows; i++)
        {
            foreach (var value in embeddings.Row(i))
            {
                if (float.IsFinite(value)) continue;
                throw new KindredException(ErrorKind.BadInput, "embedding_not_finite",
                    $"The embedding of user '{ids.GetString(which?[i] ?? i)}' is not finite. " +
                    "The likely cause is an extreme weight in the user's interactions.",
                    "Look at the largest weights, or train with more regularization.")
                {
                    Values = new Dictionary<string, object?> { ["user_id"] = ids.GetString(which?[i] ?? i) },
                };
            }
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
