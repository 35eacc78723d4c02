namespace Kindred.Data.Tables;

/// <summary>A table has no column of a name that was asked for: whoever can be told another name may say how.</summary>
/// <param name="column">The name.</param>
/// <param name="message">The error for people.</param>
public sealed class MissingColumnException(string column, string message) : KindredException(ErrorKind.BadInput, message)
{
    /// <summary>The name that was asked for.</summary>
    public string Column { get; } = column;
}
