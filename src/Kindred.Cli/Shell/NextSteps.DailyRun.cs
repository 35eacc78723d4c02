namespace Kindred.Cli.Shell;

/// <content>Next steps for errors of the daily run and its store.</content>
internal static partial class NextSteps
{
    private static KeyValuePair<string, Func<KindredException, string>>[] _dailyRun =>
    [
    ];
}
