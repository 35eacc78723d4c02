using System.Text.Json;

namespace Kindred.Data.Tables;

/// <summary>An error of a single row: a caller that counts bad rows can go on with the next one.</summary>
/// <param name="reason">The problem.</param>
/// <param name="file">The file.</param>
/// <param name="line">Its line or row, from 1.</param>
/// <param name="column">The column, or null if the row as a whole is wrong.</param>
/// <param name="problem">The problem in whole sentences; it may quote the value.</param>
/// <param name="remedy">What to do, in whole sentences.</param>
public sealed class RowException(RowProblem reason, string file, long line, string? column, string problem, string remedy)
    : KindredException(ErrorKind.BadInput, CodeOf(reason), problem, remedy)
{
    /// <summary>The problem.</summary>
    public RowProblem Reason { get; } = reason;

    /// <summary>The file, as it was named by the caller.</summary>
    public string File { get; } = file;

    /// <summary>The 1-based line of a text, the 1-based row of a Parquet file.</summary>
    public long Line { get; } = line;

    /// <summary>The unit of <see cref="Line"/>: "line" or "row".</summary>
    public string LineName { get; init; } = "line";

    /// <summary>The column, or null if the row as a whole is wrong.</summary>
    public string? Column { get; } = column;

    /// <summary>The code of the error for a problem: its name in snake_case.</summary>
    public static string CodeOf(RowProblem reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
