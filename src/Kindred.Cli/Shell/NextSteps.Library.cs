namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the library: populations, seed lists, methods, audiences.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _library =>
    [
    ];
}
