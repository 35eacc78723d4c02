using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Populations;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred embed</c> is asked for.</summary>
internal sealed record EmbedRequest
{
    public required IReadOnlyList<string> Interactions { get; init; }

    public IReadOnlyList<string> Users { get; init; } = [];

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
        using var output = OutputFolder.Create(request.Out, request.Replace);
        var users = request.Users.Count > 0 ? WithOldUsers(ReadUsers(request.Users, screen, cancellation), request.Update) : null;
        var interactions = ReadInteractions(request.Interactions, users?.Users, screen, cancellation);
        var pairs = interactions.Matrix.Rows.Entries;
        var table = UserTables.Build(users, interactions, request.ActiveDays);
        Describe(interactions, table, request, screen);

        var population = request.Update is null
            ? Train(table, interactions.Matrix, request, screen, cancellation)
            : PopulationUpdate.Run(request.Update, table, interactions, users is { SaysWhoIsActive: true }, request, screen, cancellation);
        PopulationManifest manifest;
        using (population.Embeddings)
        using (population.Items!.Embeddings)
        using (screen.Start("Writing the population"))
        {
            manifest = PopulationSnapshot.Write(output.Path, population, request.Shards);
        }

        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new EmbedResult(manifest, interactions.Report, pairs, CountEmpty(population));
    }

    private static UserInput ReadUsers(IReadOnlyList<string> files, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading users");
        return UserReader.Read(files, null, new Reading(line), cancellation);
    }

    // The users' file of an update need not name everybody again: those who are there stay known.
    private static UserInput WithOldUsers(UserInput users, string? update) => update is null ? users : users with
    {
        Users = InteractionMerge.MergeUsers(PopulationSnapshot.ReadUsers(update), users.Users, users.SaysWhoIsActive),
    };

    private static InteractionInput ReadInteractions(IReadOnlyList<string> files, UserTable? users, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading interactions");
        return InteractionReader.Read(files, users, null, new Reading(line), cancellation);
    }

    private static NewPopulation Train(UserTable users, InteractionMatrix interactions, EmbedRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Training embeddings");
        return PopulationEmbedding.Train(users, interactions, request.Ials, request.KeepFeatures, line.Report, cancellation);
    }

    private static void Describe(InteractionInput input, UserTable users, EmbedRequest request, Screen screen)
    {
        var report = input.Report;
        var matrix = input.Matrix;
        screen.Note($"Read {report.Rows:N0} rows: {matrix.Users.Count:N0} users, {matrix.Items.Count:N0} items, {matrix.Rows.Entries:N0} distinct pairs.");
        if (report.UnknownUserRows > 0) screen.Note($"Left out {report.UnknownUserRows:N0} rows of users that the users' file does not have.");
        if (report.MergedRows > 0) screen.Note($"Merged {report.MergedRows:N0} rows that repeat a pair: their weights are added.");
        if (report.DroppedPairs > 0) screen.Note($"Left out {report.DroppedPairs:N0} pairs whose weights sum to zero or less ({report.NonPositiveRows:N0} rows have such a weight).");
        var active = users.Active.Count(flag => flag != 0);
        if (active < users.Ids.Count) screen.Note($"{active:N0} of the users are active: the others are neither candidates nor negatives.");

        var bytes = PopulationEmbedding.TrainingBytes(matrix.Users.Count, matrix.Items.Count, matrix.Rows.Entries, request.Ials.Dimension);
        screen.Note($"Embeddings of dimension {request.Ials.Dimension} need about {bytes / 1e6:N0} MB of memory more, on {request.Ials.Threads} threads.");
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

    private sealed class Reading(ProgressLine line) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => line.Report(value.Fraction);
    }
}
