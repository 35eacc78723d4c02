namespace Kindred;

/// <summary>The kind of an error, by what a caller can do about it; the command line maps each kind to one exit code.</summary>
public enum ErrorKind
{
    /// <summary>The request itself is wrong: an option, a size, a combination of them.</summary>
    Usage,

    /// <summary>The data is wrong or does not fit the request; trying again without changing it cannot help.</summary>
    BadInput,

    /// <summary>An output could not be written, or already exists and must not be overwritten.</summary>
    Output,

    /// <summary>A file that Kindred wrote is damaged, incomplete or of a newer version.</summary>
    Corrupt,

    /// <summary>Something is in use or on hold; trying again later can help.</summary>
    Busy,
}

/// <summary>An error that a person can act on: what is wrong, where, the numbers, the likely cause, and what to do.</summary>
/// <remarks>
/// Texts are in neutral words: they name no option and no command, because a program, a server and a command line each offer their own next
/// step. They quote files, which may hold anything: control characters, which could drive a terminal, are escaped (<see cref="VisibleText"/>), and the
/// middle of a very long text is left out.
/// </remarks>
public class KindredException : Exception
{
    private const int MaxLength = 4_000;

    /// <summary>Creates an error.</summary>
    /// <param name="kind">What a caller can do about it.</param>
    /// <param name="code">The stable code, in snake_case; documented in docs/reference/errors.md.</param>
    /// <param name="problem">What is wrong, where, with the numbers and the likely cause: whole sentences.</param>
    /// <param name="remedy">What to do: whole sentences; empty where <paramref name="problem"/> says it all.</param>
    /// <param name="inner">The underlying error.</param>
    public KindredException(ErrorKind kind, string code, string problem, string remedy, Exception? inner = null)
        : base(Readable(remedy.Length == 0 ? problem : $"{problem} {remedy}"), inner)
    {
        Kind = kind;
        Code = code;
        Problem = Readable(problem);
        Remedy = Readable(remedy);
    }

    /// <summary>The kind, by what a caller can do about it.</summary>
    public ErrorKind Kind { get; }

    /// <summary>A stable name of the error, in snake_case, for programs; documented in docs/reference/errors.md.</summary>
    public string Code { get; }

    /// <summary>The problem: what is wrong, where, with the numbers and the likely cause.</summary>
    public string Problem { get; }

    /// <summary>The remedy, in neutral words; empty where <see cref="Problem"/> says it all.</summary>
    public string Remedy { get; }

    /// <summary>The values that the texts quote, by stable snake_case names, for programs and for a caller's own next step.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>();

    /// <summary>Makes a text that quotes files safe for a terminal and short enough to read.</summary>
    protected static string Readable(string message)
    {
        if (message.Length > MaxLength)
        {
            message = string.Concat(message.AsSpan(0, MaxLength / 2 - 2), " … ", message.AsSpan(message.Length - MaxLength / 2 + 2));
        }
        return VisibleText.Of(message);
    }
}
