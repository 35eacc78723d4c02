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
/// <remarks>Messages quote files, which may hold anything: control characters, which could drive a terminal, become dots, and the middle
/// of what is longer than a person reads is left out.</remarks>
public class KindredException(ErrorKind kind, string message, Exception? inner = null) : Exception(Readable(message), inner)
{
    private const int MostLetters = 4_000;

    /// <summary>What a caller can do about it.</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>A text that quotes files, made safe for a terminal and short enough to read.</summary>
    protected static string Readable(string message)
    {
        if (message.Length > MostLetters) message = string.Concat(message.AsSpan(0, MostLetters / 2 - 2), " … ", message.AsSpan(message.Length - MostLetters / 2 + 2));
        return message.Any(char.IsControl) ? string.Concat(message.Select(letter => char.IsControl(letter) ? '·' : letter)) : message;
    }
}
