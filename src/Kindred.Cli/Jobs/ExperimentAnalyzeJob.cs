using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Pipeline.Experiments;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred experiment analyze</c> is asked for.</summary>
internal sealed record ExperimentAnalyzeRequest
{
    /// <summary>What the experiment is called.</summary>
    public required string Name { get; init; }

    public required ExperimentLogOptions Log { get; init; }

    public required AnalysisOptions Analysis { get; init; }

    /// <summary>Folder for the page, or null for none.</summary>
    public string? Out { get; init; }

    public bool Replace { get; init; }

    /// <summary>What a settings file says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="memory">Bytes of rows to keep in memory.</param>
    /// <param name="threads">Worker threads.</param>
    /// <exception cref="KindredException">It is wrong, or names no log or no metric.</exception>
    public static ExperimentAnalyzeRequest Of(string file, long memory, int threads)
    {
        var settings = ExperimentSettings.Read(file);
        if (settings.Log is null) throw new KindredException(ErrorKind.Usage, $"{file}: the settings have no log. Add it, as in `log: {{ files: log.csv, unit: user_id }}`.");
        if (settings.Metrics.Count == 0) throw new KindredException(ErrorKind.Usage, $"{file} declares no metrics. Add some, as in `metrics: [mean:visit]`.");
        return new ExperimentAnalyzeRequest
        {
            Name = settings.Name,
            Log = settings.LogOptions() with { MemoryBytes = memory, Threads = threads },
            Analysis = new AnalysisOptions
            {
                Confidence = settings.Confidence,
                PlannedWeights = settings.WeightsControlFirst ?? [],
                Sequential = settings.Sequential,
                TunedFor = settings.TunedFor,
                Correction = settings.Correction,
                SampleRatioAlarm = settings.SampleRatioAlarm,
            },
        };
    }
}

/// <summary>An experiment that was analysed.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="RowsAreUnits">Whether every row was taken as a unit of its own, for want of a column of units.</param>
/// <param name="Analysis">What it comes to.</param>
internal sealed record ExperimentAnalyzeResult(string Name, bool RowsAreUnits, ExperimentAnalysis Analysis);

/// <summary>Reads the log of an experiment and judges it.</summary>
internal static class ExperimentAnalyzeJob
{
    private const string ManifestFormat = "kindred-experiment";

    public static ExperimentAnalyzeResult Run(ExperimentAnalyzeRequest request, Screen screen, CancellationToken cancellation)
    {
        using var folder = request.Out is { } path ? ReportFolder.Create(path, request.Replace, ManifestFormat) : null;
        var result = Analyze(request, screen, cancellation);
        folder?.Commit(ExperimentReport.Render(result), ExperimentJson.Of(result));
        return result;
    }

    /// <summary>The same without a folder.</summary>
    public static ExperimentAnalyzeResult Analyze(ExperimentAnalyzeRequest request, Screen screen, CancellationToken cancellation)
    {
        // A log may take minutes: what is wrong with the question is said before.
        OptionsValidation.Require(request.Analysis);
        using var line = screen.Start("Reading the log");
        var data = ExperimentLog.Read(request.Log, line.Report, cancellation);
        try
        {
            return new ExperimentAnalyzeResult(request.Name, request.Log.Unit is null, ExperimentAnalyzer.Analyze(data, request.Analysis));
        }
        catch (KindredException problem) when (problem.Kind == ErrorKind.BadInput)
        {
            // The analysis knows nothing of files.
            throw new KindredException(problem.Kind, $"{request.Log.Files[0]}: {problem.Message}", problem);
        }
    }
}
