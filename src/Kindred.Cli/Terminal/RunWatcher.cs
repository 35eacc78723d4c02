using Kindred.Pipeline.Running;

namespace Kindred.Cli.Terminal;

/// <summary>Shows a daily run on a screen.</summary>
internal sealed class RunWatcher(Screen screen) : IRunWatcher
{
    public void Note(FormattableString text) => screen.Note(text);

    public IRunWork Start(string work) => new Work(screen.Start(work));

    private sealed class Work(ProgressLine line) : IRunWork
    {
        public void Report(double share) => line.Report(share);

        public void Dispose() => line.Dispose();
    }
}
