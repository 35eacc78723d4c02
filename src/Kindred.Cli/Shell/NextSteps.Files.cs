namespace Kindred.Cli.Shell;

/// <content>Next steps for errors about files and folders.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _files =>
    [
        // Folders that Kindred wrote.
        new("damaged_folder", FolderSteps.Of),
        new("missing_manifest", error => $"Check the path. {FolderSteps.Of(error)}"),
        new("wrong_format", error => $"Give the path of another folder. {FolderSteps.Of(error)}"),

        // Outputs.
        new("empty_output_name", _ => "Give a path, for example --out population."),
        new("output_exists", _ => "Choose another --out, or replace it with --replace."),
        new("output_holds_foreign_file", _ => "Move that file away, or choose another --out."),
        new("output_is_a_file", _ => "Choose another --out."),
        new("output_not_empty", _ => "Choose another --out, or empty it."),
        new("output_not_ours", _ => "Choose another --out, or remove it yourself."),
        new("output_of_other_format", _ => "Choose another --out."),
        new("parts_of_another_run", _ =>
            "Repeat the stopped command unchanged with --resume. Or remove the folder to start over, or choose another --out."),
        new("replaced_meanwhile", _ => "Run the same command again."),
        new("shard_too_large", _ => "Use more --shards, or leave the option out."),
        new("unfinished_run", _ => "Continue that run with --resume, or remove the folder to start over."),

        // Tables and embeddings.
        new("array_as_table", _ =>
            "Write ids one per line with np.savetxt(…, fmt='%s'), or a table as CSV or Parquet; `kindred import --embeddings` takes " +
                "arrays of embeddings."),
        new("array_without_ids", _ =>
            "Give --ids FILE: one id per row, in the same order (CSV or Parquet with user_id, or a text file with one id per line)."),
        new("columns_reversed", error => $"Write --embedding-columns {error.Values["first"]}..{error.Values["last"]}."),
        new("columns_without_table", _ => "Leave --embedding-columns out."),
        new("embedding_columns_unclear", _ =>
            "Name the columns of the embedding with --embedding-columns FIRST..LAST, or write one column of lists to Parquet."),
        new("embedding_not_a_number", _ =>
            "Write numbers like 12 or 0.5. If the column is not part of the embedding, name the columns that are with " +
                "--embedding-columns FIRST..LAST."),
        new("bad_time", error =>
            $"{error.Remedy} --timestamp-format names another form, as in --timestamp-format day-first (`timestamp_format` in run.yaml)."),
        new("decimal_comma", _ =>
            "Export with a decimal point, or give --decimal-comma (`decimal_comma: true` in run.yaml)."),
        new("empty_id", error => $"{error.Remedy} --missing-ids skip leaves such rows out (`missing_ids` in run.yaml)."),
        new("missing_id", _ =>
            "Leave such rows out with --missing-ids skip, or read the word as an id with --missing-ids keep (`missing_ids` in run.yaml)."),
        new("space_around_id", error => $"{error.Remedy} --normalize-ids trim does so (`normalize_ids` in run.yaml)."),
        new("address_as_file", error => error.Remedy.Replace("… -", $"kindred … -", StringComparison.Ordinal)),
        new("empty_salt", _ => "Write the salt to the file, or leave --id-salt-file out if ids were hashed without a salt."),
        new("extra_embedding_column", _ =>
            "All files must have the same embedding columns. Name them with --embedding-columns FIRST..LAST."),
        new("ids_do_not_match_array", error => error.Values["ids"] is long ids && error.Values["rows"] is long rows && ids == rows + 1
            ? "If the first line is the name of a column, give that name with --user-column."
            : error.Remedy),
        new("ids_without_array", _ => "Leave --ids out."),
        new("not_a_file", _ => "Write the data to a file first, or give - and pipe it into the command."),
        new("several_list_columns", _ => "Name the column of the embedding with --embedding-columns."),
    ];
}
