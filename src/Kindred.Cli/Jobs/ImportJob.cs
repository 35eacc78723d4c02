using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Imports;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred import</c> is asked for.</summary>
internal sealed record ImportRequest
{
    public required ImportOptions Embeddings { get; init; }

    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>What the caller calls the space of the embeddings; null for a space of their own.</summary>
    public string? Space { get; init; }

    public required string Out { get; init; }

    public bool Replace { get; init; }

    public int Shards { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>What <c>kindred import</c> made.</summary>
internal sealed record ImportResult(PopulationManifest Population, ImportedUsers Users);

/// <summary>Embeddings that were trained elsewhere to a population snapshot.</summary>
internal static class ImportJob
{
    public static ImportResult Run(ImportRequest request, Screen screen, CancellationToken cancellation)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, PopulationSnapshot.Format);
        var users = request.Users.Count > 0 ? ReadUsers(request, screen, cancellation) : null;
        using var input = ReadEmbeddings(request, screen, cancellation);
        var joined = ImportedUsers.Join(input, users);
        Describe(joined, input, request, screen);

        // What reading left behind goes back to the system: from here on it is the vectors that need memory.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var embeddings = new ImportedEmbeddings(input.Vectors, joined.Users.Ids, joined.Rows, request.Threads);
        UInt128 content;
        using (var line = screen.Start("Checking embeddings")) content = embeddings.Check(input.File, line.Report, cancellation);
        var population = ImportedPopulation.Of(joined.Users, embeddings, joined.Counts, request.Space, content);
        population = population with { Recipe = new ActivityRule(joined.SaysWhoIsActive ? "column" : "everyone", null).AddTo(population.Recipe) };
        PopulationManifest manifest;
        using (var line = screen.Start("Writing the population"))
        {
            manifest = PopulationSnapshot.Write(output.Path, population, request.Shards, line.Report, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new ImportResult(manifest, joined);
    }

    private static UserInput ReadUsers(ImportRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading users");
        var from = request.Embeddings;
        var options = new UserOptions { UserColumn = from.UserColumn, CountryColumn = from.CountryColumn, ActiveColumn = from.ActiveColumn, CountColumn = from.CountColumn };
        return UserReader.Read(request.Users, options, new Reading(line), cancellation);
    }

    private static EmbeddingInput ReadEmbeddings(ImportRequest request, Screen screen, CancellationToken cancellation)
    {
        using var line = screen.Start("Reading embeddings");
        return EmbeddingReader.Read(request.Embeddings with { ReadsUsers = request.Users.Count == 0 }, request.Out, new Reading(line), cancellation);
    }

    private static string Shown(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Count <= 6 ? columns : [.. columns.Take(3), "…", .. columns.TakeLast(2)]);

    private static void Describe(ImportedUsers users, EmbeddingInput input, ImportRequest request, Screen screen)
    {
        if (request.Embeddings.CountColumn is { } column && users.Counts is null)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"--activity names the column '{column}', which {(request.Users.Count > 0 ? "neither the users' files nor the embeddings' have" : "the files of embeddings or ids do not have")}. Check its name, or leave --activity out.");
        }

        if (input.Columns.Count > 0) screen.Note($"The embedding is the {input.Columns.Count:N0} columns {Shown(input.Columns)}. If one is no part of it, name those that are with --embedding-columns FIRST..LAST.");
        CountryNotes.Write(users.Users, request.Users.Count > 0, screen);
        if (users.Unknown > 0) screen.Note($"Left out {users.Unknown:N0} embeddings of users that the users' file does not have.");
        if (users.WithoutEmbedding > 0) screen.Note($"Left out {users.WithoutEmbedding:N0} users who have no embedding.");
        if (users.Counts is null) screen.Note($"How much users did is not known: models read their embeddings alone. Give counts with --activity COLUMN.");
        var active = users.Users.Active.Count(flag => flag != 0);
        if (active < users.Users.Ids.Count) screen.Note($"{active:N0} of the {users.Users.Ids.Count:N0} users are active: the others are neither candidates nor negatives.");
    }
}
