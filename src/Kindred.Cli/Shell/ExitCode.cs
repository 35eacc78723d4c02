namespace Kindred.Cli.Shell;

/// <summary>The exit codes, as documented in docs/reference/exit-codes.md.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bug in Kindred.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The data is wrong or does not fit the request: trying again cannot help.</summary>
    public const int BadInput = 42;

    /// <summary>A file that Kindred wrote is damaged or of a newer version.</summary>
    public const int Corrupt = 43;

    /// <summary>A daily run published a version that lacks a requested audience.</summary>
    public const int MissingAudience = 44;

    /// <summary>An output could not be written, or already exists and must not be overwritten; or memory or open files ran
    /// out.</summary>
    public const int Output = 74;

    /// <summary>The store of a daily run is in use or held: trying again later can help.</summary>
    public const int Busy = 75;

    /// <summary>Stopped by Ctrl-C or a signal; nothing was written.</summary>
    public const int Cancelled = 130;

    /// <summary>All exit codes with their meanings, as `kindred --help` lists them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "done"),
        (Unexpected, "unexpected error: a bug in Kindred"),
        (Usage, "the command line is wrong"),
        (BadInput, "the data is wrong, missing, or does not fit the request"),
        (Corrupt, "a file that Kindred wrote is damaged, incomplete or of a newer version"),
        (MissingAudience, "published, but at least one requested audience could not be made"),
        (Output, "an output could not be written, or already exists; or memory or open files ran out"),
        (Busy, "the store is busy or held: try again later"),
        (Cancelled, "stopped by Ctrl-C or a signal"),
    ];

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => Usage,
        ErrorKind.BadInput => BadInput,
        ErrorKind.Corrupt => Corrupt,
        ErrorKind.Output => Output,
        ErrorKind.Busy => Busy,
        _ => Unexpected,
    };
}
