using Kindred.Data.Folders;
using Kindred.Data.Imports;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Embeddings;
using Kindred.Pipeline.Embedding;

namespace Kindred.App.Populations;

/// <summary>Makes a population from embeddings that were trained elsewhere.</summary>
public static class ImportPopulation
{
    /// <summary>Imports embeddings.</summary>
    /// <param name="request">The embeddings, the users and the folder to write.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The population.</returns>
    /// <exception cref="KindredException">An input is wrong, or the folder cannot be written.</exception>
    public static ImportResult Run(ImportRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, PopulationSnapshot.Format);
        var users = request.Users.Count > 0 ? ReadUsers(request, progress, cancellation) : null;
        using var input = ReadEmbeddings(request, progress, cancellation);
        var joined = ImportedUsers.Join(input, users, request.Forgotten);
        Describe(joined, input, request, progress);

        // The memory of reading is released first, because the vectors need it from here on.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var embeddings = new ImportedEmbeddings(input.Vectors, joined.Users.Ids, joined.Rows, request.Threads);
        IdNotes.Write(joined.Users.Ids, progress, cancellation);
        UInt128 content;
        using (var line = progress.Start("Checking embeddings")) content = embeddings.Check(input.File, line.Report, cancellation);
        var population = ImportedPopulation.Of(joined.Users, embeddings, joined.Counts, request.Space, content);
        population =
            population with { Recipe = new ActivityRule(joined.SaysWhoIsActive ? "column" : "everyone", null).AddTo(population.Recipe) };
        PopulationManifest manifest;
        using (var line = progress.Start("Writing the population"))
        {
            manifest = PopulationSnapshot.Write(output.Path, population, request.Shards, line.Report, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new ImportResult(manifest, joined);
    }

    private static UserInput ReadUsers(ImportRequest request, IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Reading users");
        var from = request.Embeddings;
        var options =
            new UserOptions
            {
                UserColumn = from.UserColumn,
                CountryColumn = from.CountryColumn,
                ActiveColumn = from.ActiveColumn,
                CountColumn = from.CountColumn,
                Rules = from.Rules.Noting(progress),
            };
        return UserReader.Read(request.Users, options, new StepProgress(line), cancellation);
    }

    private static EmbeddingInput ReadEmbeddings(ImportRequest request, IProgressReporter progress, CancellationToken cancellation)
    {
        using var line = progress.Start("Reading embeddings");
        return EmbeddingReader.Read(request.Embeddings with { ReadsUsers = request.Users.Count == 0, Rules = request.Embeddings.Rules.Noting(progress) }, request.Out, new StepProgress(line),
            cancellation);
    }

    private static string Shown(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Count <= 6 ? columns : [.. columns.Take(3), "…", .. columns.TakeLast(2)]);

    private static void Describe(ImportedUsers users, EmbeddingInput input, ImportRequest request, IProgressReporter progress)
    {
        if (request.Embeddings.CountColumn is { } column && users.Counts is null)
        {
            throw new KindredException(ErrorKind.BadInput, "activity_column_missing",
                $"The column of activity is '{column}', which {(request.Users.Count > 0 ? "neither the users' files nor the embeddings' have" : "the files of embeddings or ids do not have")}.",
                "Check its name, or name no column of activity.")
            {
                Values = new Dictionary<string, object?> { ["column"] = column },
            };
        }

        if (input.Columns.Count > 0) progress.Note($"The embedding is the {input.Columns.Count:N0} columns {Shown(input.Columns)}. If one is not a part of it, name the columns of the embedding.");
        CountryNotes.Write(users.Users, request.Users.Count > 0, progress);
        if (users.Unknown > 0) progress.Note($"Left out {users.Unknown:N0} embeddings of users that the users' file does not have.");
        if (users.WithoutEmbedding > 0) progress.Note($"Left out {users.WithoutEmbedding:N0} users who have no embedding.");
        if (users.Counts is null)
        {
            progress.Note(
                $"The users' number of interactions is unknown: models read only embeddings, unless a column of counts is named.");
        }

        var active = users.Users.Active.Count(flag => flag != 0);
        if (active < users.Users.Ids.Count)
        {
            progress.Note(
                $"{active:N0} of the {users.Users.Ids.Count:N0} users are active: inactive users are neither targeted nor trained on.");
        }
    }
}
