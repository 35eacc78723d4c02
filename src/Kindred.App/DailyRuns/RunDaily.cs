using Kindred.Pipeline.Running;
using Kindred.Pipeline.Settings;

namespace Kindred.App.DailyRuns;

/// <summary>Brings audiences up to date as a settings file describes.</summary>
public static class RunDaily
{
    /// <summary>Processes the changes and publishes a new version in one step.</summary>
    /// <param name="request">The settings and the day.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops; finished tasks are kept, and the same request continues.</param>
    /// <returns>The published version and a summary of the work.</returns>
    /// <exception cref="KindredException">A setting or an input is wrong, too many audiences would be lost, or the store is damaged, held or
    /// in use.</exception>
    /// <exception cref="StoppedException">The run was stopped.</exception>
    public static RunOutcome Run(DailyRunRequest request, IProgressReporter progress, CancellationToken cancellation = default) =>
        Stoppable(request, progress, run => run.Run(request.Day, cancellation), cancellation);

    /// <summary>Plans the tasks for workers, without doing them.</summary>
    /// <param name="request">The settings and the day.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">A setting or an input is wrong, or the store is damaged, held or in use.</exception>
    /// <exception cref="StoppedException">The planning was stopped.</exception>
    public static PlannedRun Plan(DailyRunRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        var (file, stages) = Stoppable(request, progress, run => run.PlanOnly(request.Day, cancellation), cancellation);
        return new PlannedRun(file, stages);
    }

    private static T Stoppable<T>(DailyRunRequest request, IProgressReporter progress, Func<DailyRun, T> work,
        CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(request.Settings);
        if (request.AcceptLosses) settings = settings with { MinimumKept = 0 };
        try
        {
            return work(new DailyRun(settings, request.Threads, TimeProvider.System, progress) { Wait = request.Wait });
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            throw new StoppedException(
                $"Stopped. Finished tasks are kept in {settings.Store}, and the previous version is still published: the same run " +
                    "continues from there.", stopped);
        }
    }
}
