using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Data.Tuning;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred embed</c> is asked for.</summary>
internal sealed record EmbedRequest
{
    public required IReadOnlyList<string> Interactions { get; init; }

    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>What the columns are called.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>A population whose item embeddings are kept, or null to train new ones.</summary>
    public string? Update { get; init; }

    public required string Out { get; init; }

    public bool Replace { get; init; }

    public bool KeepFeatures { get; init; } = true;

    public int ActiveDays { get; init; } = UserTables.DefaultActiveDays;

    public int Shards { get; init; }

    public IalsOptions Ials { get; init; } = new();
}

/// <summary>What <c>kindred embed</c> made.</summary>
internal sealed record EmbedResult(PopulationManifest Population, InteractionReport Interactions, long PairCount, long UsersWithoutInteractions);

/// <summary>Interactions and users to a population snapshot.</summary>
internal static class EmbedJob
{
    public static EmbedResult Run(EmbedRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, PopulationSnapshot.Format);
        var old = request.Update is { } folder ? PopulationUpdate.ReadManifest(folder) : null;
        var users = request.Users.Count > 0 ? WithOldUsers(ReadUsers(request, screen, cancellation), old, request.Update) : null;
        var interactions = ReadInteractions(request, users?.Users, screen, cancellation);
        var activity = ActivityRule.Of(users, interactions, old);
        var table = UserTables.Build(users, interactions, request.ActiveDays, activity.Newest);
        Describe(interactions, screen);
        if (request.Update is null) DescribeUsers(table, activity, request, screen);

        // What reading left behind goes back to the system, before training takes memory that cannot reuse it.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var population = request.Update is null
            ? Train(table, interactions.Matrix, request, screen, cancellation)
            : PopulationUpdate.Run(request.Update, table, interactions, users is { SaysWhoIsActive: true }, activity, request, screen);

        // In an update those who were there before count too.
        if (request.Update is not null) DescribeUsers(population.Users, activity, request, screen);
        population = population with { Recipe = activity.AddTo(population.Recipe) };
        PopulationManifest manifest;
        using (population.Embeddings)
        using (population.Items!.Embeddings)
        using (var line = screen.Start("Embedding users and writing the population"))
        {
            manifest = PopulationSnapshot.Write(output.Path, population, request.Shards, line.Report, cancellation);
        }

        // An update keeps the embeddings' space, and what was found to be best in it.
        if (request.Update is not null && TuningFolder.Find(request.Update) is { } tuning) TuningFolder.Write(TuningFolder.PathIn(output.Path), tuning);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new EmbedResult(manifest, interactions.Report, interactions.Matrix.Rows.Entries, CountEmpty(population));
    }

    private static UserInput ReadUsers(EmbedRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading users");
        var columns = request.Columns;
        var options = new UserOptions { UserColumn = columns.User, CountryColumn = columns.Country, ActiveColumn = columns.Active };
        return UserReader.Read(request.Users, options, new Reading(line), cancellation);
    }

    // The users' file of an update need not name everybody again: those who are there stay known.
    private static UserInput WithOldUsers(UserInput users, PopulationManifest? old, string? update) => old is null ? users : users with
    {
        Users = InteractionMerge.MergeUsers(
            PopulationSnapshot.ReadUsers(update!), users.Users, users.SaysWhoIsActive, !users.SaysWhoIsActive && ActivityRule.Of(old).ByColumn),
    };

    private static InteractionInput ReadInteractions(EmbedRequest request, UserTable? users, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading interactions");
        var columns = request.Columns;
        var options = new InteractionOptions
        {
            UserColumn = columns.User,
            ItemColumn = columns.Item,
            WeightColumn = columns.Weight,
            TimestampColumn = columns.Timestamp,
            KeepNonPositive = request.Update is not null,
        };
        return InteractionReader.Read(request.Interactions, users, options, new Reading(line), cancellation);
    }

    private static NewPopulation Train(UserTable users, InteractionMatrix interactions, EmbedRequest request, Screen screen, CancellationToken cancellation)
    {
        var bytes = PopulationEmbedding.TrainingBytes(users.Ids.Count, interactions.Items.Count, interactions.Rows.Entries, request.Ials.Dimension, request.Ials.Copies);
        screen.Note($"Training embeddings of dimension {request.Ials.Dimension}{(request.Ials.Copies == 1 ? "" : $" × {request.Ials.Copies}")} needs about {Math.Ceiling(bytes / 1e6):N0} MB of memory more, on {request.Ials.Threads} threads.");
        using var line = screen.Start("Training embeddings");
        return PopulationEmbedding.Train(users, interactions, request.Ials, request.KeepFeatures, line.Report, cancellation);
    }

    private static void Describe(InteractionInput input, Screen screen)
    {
        var report = input.Report;
        var matrix = input.Matrix;
        screen.Note($"Read {report.Rows:N0} rows: {matrix.Users.Count:N0} users, {matrix.Items.Count:N0} items, {matrix.Rows.Entries:N0} distinct pairs.");
        if (report.UnknownUserRows > 0) screen.Note($"Left out {report.UnknownUserRows:N0} rows of users that the users' file does not have.");
        if (report.MergedRows > 0) screen.Note($"Merged {report.MergedRows:N0} rows that repeat a pair: their weights are added.");
        if (report.DroppedPairs > 0) screen.Note($"Left out {report.DroppedPairs:N0} pairs whose weights sum to zero or less ({report.NonPositiveRows:N0} rows have such a weight).");
        if (input.OtherColumns.Count > 0) screen.Note($"Columns of interactions that are not read: {string.Join(", ", input.OtherColumns)}.");
    }

    private static void DescribeUsers(UserTable users, ActivityRule activity, EmbedRequest request, Screen screen)
    {
        CountryNotes.Write(users, request.Users.Count > 0, screen);
        var active = users.Active.Count(flag => flag != 0);
        if (activity.IsEverybody) screen.Note($"Everybody counts as active: no column says when ({ColumnNames.DefaultTimestamp}, or --timestamp-column) or who ({ColumnNames.DefaultActive} of --users, or --active-column).");
        if (active == users.Ids.Count) return;
        var since = activity.ByTimestamps
            ? FormattableString.Invariant($" (seen in the {request.ActiveDays} days before the newest interaction, {DateTimeOffset.FromUnixTimeMilliseconds(activity.Newest!.Value):yyyy-MM-dd HH:mm} UTC)")
            : "";
        screen.Note($"{active:N0} of the {users.Ids.Count:N0} users are active{since}: the others are neither candidates nor negatives.");
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
