using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Pipeline.Embedding;

/// <summary>Makes a population from interactions, or updates one.</summary>
public static class PopulationBuild
{
    /// <summary>Reads the files, embeds the users, and writes the population. If it stops or fails, the folder is not written.</summary>
    /// <param name="request">The input files and the population to make.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">A file is wrong, the population to update cannot be updated, or the folder cannot be
    /// written.</exception>
    public static EmbedResult Run(EmbedRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, PopulationSnapshot.Format);
        var old = request.Update is { } folder ? PopulationUpdate.ReadManifest(folder, request.Forgotten) : null;
        var users = request.Users.Count > 0 ? WithOldUsers(ReadUsers(request, progress, cancellation), old, request.Update) : null;
        var interactions = ReadInteractions(request, users?.Users, progress, cancellation);
        var activity = ActivityRule.Of(users, interactions, old);
        var table = UserTables.Build(users, interactions, request.ActiveDays, activity.Newest);
        Describe(interactions, progress, cancellation);
        if (request.Update is null) DescribeUsers(table, activity, request, progress);

        // The memory of reading is released first, because training cannot reuse it.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var population = request.Update is null
            ? Train(table, interactions.Matrix, request, progress, cancellation)
            : PopulationUpdate.Run(request.Update, table, interactions, users is { SaysWhoIsActive: true }, activity, request, progress);

        // In an update the existing users count too.
        if (request.Update is not null) DescribeUsers(population.Users, activity, request, progress);
        population = population with { Recipe = activity.AddTo(population.Recipe) };
        PopulationManifest manifest;
        using (population.Embeddings)
        using (population.Items!.Embeddings)
        using (var line = progress.Start("Embedding users and writing the population"))
        {
            manifest = PopulationSnapshot.Write(output.Path, population, request.Shards, line.Report, cancellation);
        }

        // An update keeps the embedding space, so its tuning stays valid.
        if (request.Update is not null && TuningFolder.Find(request.Update) is { } tuning)
        {
            TuningFolder.Write(TuningFolder.PathIn(output.Path), tuning);
        }

        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new EmbedResult(manifest, interactions.Report, interactions.Matrix.Rows.Entries, CountEmpty(population));
    }

    private static UserInput ReadUsers(EmbedRequest request, IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Reading users");
        var columns = request.Columns;
        var options = new UserOptions
        {
            UserColumn = columns.User,
            CountryColumn = columns.Country,
            ActiveColumn = columns.Active,
            Forgotten = request.Forgotten,
            Rules = columns.Rules.Noting(progress),
        };
        return UserReader.Read(request.Users, options, new StepProgress(line), cancellation);
    }

    // The users' file of an update need not repeat all users: existing users remain.
    private static UserInput WithOldUsers(UserInput users, PopulationManifest? old, string? update) => old is null ? users : users with
    {
        Users = InteractionMerge.MergeUsers(
            PopulationSnapshot.ReadUsers(update!), users.Users, users.SaysWhoIsActive,
            !users.SaysWhoIsActive && ActivityRule.Of(old).ByColumn),
    };

    private static InteractionInput ReadInteractions(EmbedRequest request, UserTable? users, IProgressReporter progress,
        CancellationToken cancellation)
    {
        using var line = progress.Start("Reading interactions");
        var columns = request.Columns;
        var options = new InteractionOptions
        {
            UserColumn = columns.User,
            ItemColumn = columns.Item,
            WeightColumn = columns.Weight,
            TimestampColumn = columns.Timestamp,
            KeepNonPositive = request.Update is not null,
            Forgotten = request.Forgotten,
            Rules = columns.Rules.Noting(progress),
        };
        return InteractionReader.Read(request.Interactions, users, options, new StepProgress(line), cancellation);
    }

    private static NewPopulation Train(UserTable users, InteractionMatrix interactions, EmbedRequest request, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var bytes = PopulationEmbedding.TrainingBytes(users.Ids.Count, interactions.Items.Count, interactions.Rows.Entries,
            request.Ials.Dimension, request.Ials.Copies);
        progress.Note($"Training embeddings of dimension {request.Ials.Dimension}{(request.Ials.Copies == 1 ? "" : $" × {request.Ials.Copies}")} needs about {Math.Ceiling(bytes / 1e6):N0} MB more memory, on {request.Ials.Threads} threads.");
        using var line = progress.Start("Training embeddings");
        return PopulationEmbedding.Train(users, interactions, request.Ials, request.KeepFeatures, line.Report, cancellation);
    }

    private static void Describe(InteractionInput input, IProgressReporter progress, CancellationToken cancellation)
    {
        var report = input.Report;
        var matrix = input.Matrix;
        progress.Note($"Read {report.Rows:N0} rows: {matrix.Users.Count:N0} users, {matrix.Items.Count:N0} items, {matrix.Rows.Entries:N0} distinct pairs.");
        if (report.UnknownUserRows > 0)
        {
            progress.Note($"Left out {report.UnknownUserRows:N0} rows of users that the users' file does not have.");
        }

        if (report.MergedRows > 0) progress.Note($"Merged {report.MergedRows:N0} rows that repeat a pair: their weights are added.");
        if (report.DroppedPairs > 0) progress.Note($"Left out {report.DroppedPairs:N0} pairs whose weights sum to zero or less ({report.NonPositiveRows:N0} rows have such a weight).");
        IdNotes.Write(matrix.Users, progress, cancellation);
        if (input.OtherColumns.Count > 0)
        {
            progress.Note($"Columns of interactions that are not read: {string.Join(", ", input.OtherColumns)}.");
        }
    }

    private static void DescribeUsers(UserTable users, ActivityRule activity, EmbedRequest request, IProgressReporter progress)
    {
        CountryNotes.Write(users, request.Users.Count > 0, progress);
        var active = users.Active.Count(flag => flag != 0);
        TimeNotes.Write(activity.Newest, progress, told: activity.ByTimestamps && active < users.Ids.Count);
        if (activity.IsEverybody) progress.Note($"All users count as active: the interactions have no column of times ('{ColumnNames.DefaultTimestamp}', unless you name another), and the users' files have no column of active users ('{ColumnNames.DefaultActive}').");
        if (active == users.Ids.Count) return;
        var since = activity.ByTimestamps
            ? FormattableString.Invariant($" (seen in the {request.ActiveDays} days before the newest interaction, {DateTimeOffset.FromUnixTimeMilliseconds(activity.Newest!.Value):yyyy-MM-dd HH:mm} UTC)")
            : "";
        progress.Note(
            $"{active:N0} of the {users.Ids.Count:N0} users are active{since}: inactive users are neither targeted nor trained on.");
    }

    private static long CountEmpty(NewPopulation population)
    {
        var none = 0L;
        foreach (var value in population.Activity)
        {
            if (value == 0) none++;
        }

        return none;
    }
}
