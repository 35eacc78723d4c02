namespace Kindred.Data.Tables;

/// <summary>A row is wrong, and only it: whoever only counts what is wrong may go on with the next.</summary>
/// <param name="reason">What is wrong.</param>
/// <param name="file">The file.</param>
/// <param name="line">Its line or row, from 1.</param>
/// <param name="column">The column, or null where it is the row as a whole.</param>
/// <param name="message">The error for people; it may quote the value.</param>
public sealed class RowException(RowProblem reason, string file, long line, string? column, string message) : KindredException(ErrorKind.BadInput, message)
{
    /// <summary>What is wrong.</summary>
    public RowProblem Reason { get; } = reason;

    /// <summary>The file, as it was named by the caller.</summary>
    public string File { get; } = file;

    /// <summary>The 1-based line of a text, the 1-based row of a Parquet file.</summary>
    public long Line { get; } = line;

    /// <summary>What <see cref="Line"/> counts: "line" or "row".</summary>
    public string LineName { get; init; } = "line";

    /// <summary>The column, or null where it is the row as a whole.</summary>
    public string? Column { get; } = column;
}
