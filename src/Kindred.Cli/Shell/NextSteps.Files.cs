namespace Kindred.Cli.Shell;

/// <content>Next steps for errors about files and folders.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _files =>
    [
    ];
}
