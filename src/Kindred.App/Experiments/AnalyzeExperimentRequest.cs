using Kindred.Data.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Pipeline.Experiments;

namespace Kindred.App.Experiments;

/// <summary>Request of an analysis.</summary>
public sealed record AnalyzeExperimentRequest
{
    /// <summary>The name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The log.</summary>
    public required ExperimentLogOptions Log { get; init; }

    /// <summary>The options of the analysis.</summary>
    public required AnalysisOptions Analysis { get; init; }

    /// <summary>Reads a request from a settings file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="memory">Bytes of rows to keep in memory.</param>
    /// <param name="threads">Worker threads.</param>
    /// <exception cref="KindredException">The file is wrong, or names no log or no metric.</exception>
    public static AnalyzeExperimentRequest Of(string file, long memory, int threads)
    {
        var settings = ExperimentSettings.Read(file);
        if (settings.Log is null)
        {
            throw new KindredException(ErrorKind.Usage, "experiment_without_log",
                $"{file}: the settings have no log.", "Add it, as in `log: { files: log.csv, unit: user_id }`.");
        }

        if (settings.Metrics.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "experiment_without_metrics",
                $"{file} declares no metrics.", "Add some, as in `metrics: [mean:visit]`.");
        }

        return new AnalyzeExperimentRequest
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
