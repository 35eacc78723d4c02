namespace Kindred.Data.Tables;

/// <summary>A table has no column of a name that was asked for: whoever can be told another name may say how.</summary>
/// <param name="column">The name that was asked for.</param>
/// <param name="close">A column of the table whose name is near it, or null.</param>
/// <param name="problem">What is wrong and where: a sentence.</param>
/// <param name="remedy">What to do about it: a sentence.</param>
public sealed class MissingColumnException(string column, string? close, string problem, string remedy)
    : KindredException(ErrorKind.BadInput, "missing_column", problem, remedy)
{
    /// <summary>The name that was asked for.</summary>
    public string Column { get; } = column;

    /// <summary>A column of the table whose name is near it, or null.</summary>
    public string? Close { get; } = close;
}
