namespace Kindred.Data.Tables;

/// <summary>A table lacks a column; a caller that lets people name columns can say how.</summary>
public sealed class MissingColumnException : KindredException
{
    internal MissingColumnException(string file, string column, string? close, string problem, string remedy)
        : base(ErrorKind.BadInput, "missing_column", problem, remedy)
    {
        (Column, Close) = (column, close);
        Values = new Dictionary<string, object?> { ["file"] = file, ["column"] = column, ["close"] = close };
    }

    /// <summary>The expected name.</summary>
    public string Column { get; }

    /// <summary>A column of the table with a similar name, or null.</summary>
    public string? Close { get; }
}
