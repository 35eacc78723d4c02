namespace Kindred.Cli.Shell;

/// <summary>The command's next steps for errors: an option or a command, where the library's remedy has only neutral words.</summary>
internal static partial class NextSteps
{
    private static readonly Dictionary<string, Func<KindredException, string>> _byCode =
        new([.. _library, .. _files, .. _dailyRun, .. _useCases], StringComparer.Ordinal);

    /// <summary>The whole message for the terminal: the problem, then the command's own next step, or else the library's remedy.</summary>
    public static string Message(KindredException error) =>
        error.Code == "option_out_of_range" ? OptionOutOfRange(error)
        : _byCode.TryGetValue(error.Code, out var step) ? $"{error.Problem} {step(error)}"
        : error.Message;
}
