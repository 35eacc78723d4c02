namespace Kindred;

/// <summary>What a caller can do about an error; the command line maps each kind to one exit code.</summary>
public enum ErrorKind
{
    /// <summary>The request itself is wrong: an option, a size, a combination of them.</summary>
    Usage,

    /// <summary>The data is wrong or does not fit the request; trying again without changing it cannot help.</summary>
    BadInput,

    /// <summary>An output could not be written, or stands where it must not be overwritten.</summary>
    Output,

    /// <summary>A file that Kindred wrote is damaged, incomplete or of a newer version.</summary>
    Corrupt,
}

/// <summary>An error that a person can act on: its message says what, where, the numbers, the likely cause and the next step.</summary>
public class KindredException(ErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What a caller can do about it.</summary>
    public ErrorKind Kind { get; } = kind;
}
