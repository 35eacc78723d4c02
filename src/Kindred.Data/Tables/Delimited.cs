namespace Kindred.Data.Tables;

/// <summary>The errors and remarks about rows of delimited text.</summary>
internal static class Delimited
{
    /// <summary>A value over so many lines is noted: it is probably a quote that is never closed.</summary>
    public const int NotedLines = 10;

    public static RowException Ragged(TableReader table, int values) => new(RowProblem.WrongNumberOfValues, table.File, table.Line, null,
        $"{table.Place}: the row has {values} values, but the header has {table.Columns.Count} columns.",
        "Quote values that contain the delimiter, and fill in or delete the row; a cut-off file ends like this too.");

    public static RowException RepeatedHeader(TableReader table) => new(RowProblem.RepeatedHeader, table.File, table.Line, null,
        $"{table.Place}: the header is repeated here.",
        "Files were probably joined with their headers: give them one by one, as they were exported, or delete the line.");

    public static FormattableString LongValue(TableReader table, string column, long lastLine) =>
        $"{table.Place}, column '{column}': the value goes on to line {lastLine}. If it should not, a quote is not closed.";
}
