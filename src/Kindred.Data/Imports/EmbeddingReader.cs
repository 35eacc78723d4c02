using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Data.Imports;

/// <summary>Reads embeddings that were trained elsewhere: tables, or a NumPy array and a file of ids.</summary>
public static class EmbeddingReader
{
    /// <summary>Reads the users, and makes the vectors available without holding them in memory.</summary>
    /// <param name="options">The files and their columns.</param>
    /// <param name="beside">The output: vectors of tables are stored in a temporary file beside it.</param>
    /// <param name="progress">Receives progress every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KindredException">A file or a row is wrong, or a user is there twice.</exception>
    public static EmbeddingInput Read(
        ImportOptions options, string beside, IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var arrays = options.Embeddings.Count(NpyVectors.Is);
        if (arrays > 0) return ReadArray(options, arrays, progress, cancellationToken);
        if (options.Ids is not null)
        {
            throw new KindredException(ErrorKind.Usage, "ids_without_array",
                "A file of ids was given, but the embeddings are not in a NumPy array (.npy): tables hold their ids themselves.",
                "Leave the file of ids out.");
        }

        return ReadTables(options, beside, progress, cancellationToken);
    }

    private static EmbeddingInput ReadArray(ImportOptions options, int arrays, IProgress<ReadProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (options.Embeddings is not [var file])
        {
            throw new KindredException(ErrorKind.Usage, "several_arrays",
                $"{arrays} of the {options.Embeddings.Count} files of embeddings are NumPy arrays; " +
                "one can be imported at a time, and no table with it.",
                "Concatenate them, for example with np.concatenate.");
        }

        if (options.EmbeddingColumns.Count > 0)
        {
            throw new KindredException(ErrorKind.Usage, "columns_without_table",
                "Columns of the embedding were named, but a NumPy array has no names of columns.", "Leave the names out.");
        }

        if (options.Ids is not { } ids)
        {
            throw new KindredException(ErrorKind.Usage, "array_without_ids",
                $"{file} is a NumPy array, which does not name the users of its rows.",
                "Give a file of ids: one id per row, in the same order (CSV or Parquet with user_id, or a text of one id per line).");
        }

        var vectors = NpyVectors.Open(file);
        try
        {
            var rows = new UserRows([ids], UserOptionsOf(options), distinct: true);
            var count = InputFiles.ReadRows([ids], "user ids", HeaderRule.UnlessNamed(options.UserColumn), options.Rules, rows.Open, null,
                progress, cancellationToken);
            if (count != vectors.Count)
            {
                throw new KindredException(ErrorKind.BadInput, "ids_do_not_match_array",
                    FormattableString.Invariant($"{ids} has {count:N0} ids, but {file} has {vectors.Count:N0} rows."),
                    count == vectors.Count + 1
                        ? "If the first line is the name of a column, say what the column is called."
                        : "Both must name the same users in the same order: write them together.")
                {
                    Values = new Dictionary<string, object?> { ["file"] = ids, ["ids"] = count, ["rows"] = vectors.Count },
                };
            }

            return new EmbeddingInput(rows.Build(count, out var rank), Inverse(rank), vectors, file, vectors);
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    private static EmbeddingInput ReadTables(ImportOptions options, string beside, IProgress<ReadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var spill = new VectorSpill(beside);
        try
        {
            var rows = new UserRows(options.Embeddings, UserOptionsOf(options), distinct: true);
            float[] vector = [];
            IReadOnlyList<string> names = options.EmbeddingColumns;
            var named = "";
            VectorColumns? before = null;
            var count = InputFiles.ReadRows(options.Embeddings, "embeddings", HeaderRule.Always, options.Rules, Open, null, progress,
                cancellationToken);
            var users = rows.Build(count, out var rank);
            var files = string.Join(", ", options.Embeddings.Take(3));
            return new EmbeddingInput(users, Inverse(rank), spill.Complete(count, vector.Length), files, spill)
            {
                Columns = options.EmbeddingColumns.Count == 0 ? before!.Names : [],
            };

            Action Open(TableReader table, int file)
            {
                var user = rows.Open(table, file);
                // The first file with rows decides the order of the numbers, or that they are in lists; and if no columns are named, which
                // columns.
                if (before is { Names.Count: > 0 }) names = before.Names;
                var columns = new VectorColumns(table, table.RequireIds(options.UserColumn), options with { EmbeddingColumns = names });
                if (options.EmbeddingColumns.Count == 0 && names.Count > 0 && columns.Extra(options, names) is { } extra)
                {
                    throw Errors.BadFile("extra_embedding_column", table.File,
                        $"line 1: there is a column '{extra}', which {named} does not have",
                        "Embeddings of all files must have the same numbers; say which columns hold them");
                }

                return () =>
                {
                    user();
                    columns.Read(ref vector);
                    spill.Add(vector);
                    if (before is null or { Names.Count: 0 }) named = table.File;
                    before = columns;
                };
            }
        }
        catch
        {
            spill.Dispose();
            throw;
        }
    }

    private static UserOptions UserOptionsOf(ImportOptions options) => new()
    {
        UserColumn = options.UserColumn,
        CountryColumn = options.ReadsUsers ? options.CountryColumn : null,
        ActiveColumn = options.ReadsUsers ? options.ActiveColumn : null,
        CountColumn = options.CountColumn,
        KeepAttributes = false,
        Rules = options.Rules,
    };

    private static int[] Inverse(int[] rank)
    {
        var rows = new int[rank.Length];
        for (var row = 0; row < rank.Length; row++) rows[rank[row]] = row;
        return rows;
    }
}
