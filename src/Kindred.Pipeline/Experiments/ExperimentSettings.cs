using Kindred.Data.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Pipeline.Experiments;

/// <summary>The settings of an experiment, declared before anyone sees the outcome. Paths are absolute; in the file they are relative to
/// its folder.</summary>
public sealed record ExperimentSettings
{
    /// <summary><c>name</c>: the name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary><c>assignment</c>: the assignment of units to arms.</summary>
    public AssignmentSettings Assignment { get; init; } = new();

    /// <summary><c>log</c>: the log of events; null if the file has none, as before the experiment.</summary>
    public ExperimentLogSettings? Log { get; init; }

    /// <summary><c>start</c>: the start of the experiment in Unix milliseconds; null for the first row of the log.</summary>
    public long? Start { get; init; }

    /// <summary><c>end</c>: the exclusive end of the experiment in Unix milliseconds; null for the last row of the log.</summary>
    public long? End { get; init; }

    /// <summary><c>pre_days</c>: days before the start; their events are the covariates of variance reduction (CUPED). Default 0.</summary>
    public int PreDays { get; init; }

    /// <summary><c>metrics</c>: the metrics, in the order of the file.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary><c>segments</c>: columns that split the units into segments, such as country.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary><c>confidence</c>: the confidence level of every interval. Default .95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary><c>sequential</c>: makes intervals valid at every look, however often results are checked. Default false.</summary>
    public bool Sequential { get; init; }

    /// <summary><c>sequential: { tuned_for: N }</c>: the number of units, both arms together, at which sequential intervals are shortest.
    /// Default 5,000.</summary>
    public double TunedFor { get; init; } = 5000;

    /// <summary><c>correction</c>: the adjustment of p-values for several metrics. Default Holm.</summary>
    public Correction Correction { get; init; } = Correction.Holm;

    /// <summary><c>srm_alarm</c>: the p-value below which the counts of units do not fit the planned shares and no verdict is given.
    /// Default .001.</summary>
    public double SampleRatioAlarm { get; init; } = 0.001;

    /// <summary>The names of the arms, the control first; null if the file names none.</summary>
    public IReadOnlyList<string>? ArmsControlFirst => Assignment.Arms.Count == 0 ? null
        : [Assignment.Control!, .. Assignment.Arms.Select(arm => arm.Name).Where(arm => arm != Assignment.Control)];

    /// <summary>Planned weights in the order of <see cref="ArmsControlFirst"/>; null if the file names none.</summary>
    public IReadOnlyList<double>? WeightsControlFirst =>
        ArmsControlFirst is { } arms ? [.. arms.Select(name => (double)Assignment.Arms.First(arm => arm.Name == name).Weight)] : null;

    /// <summary>Returns the options for reading the log, with the arms in order, the control first.</summary>
    /// <exception cref="KindredException">The file has no log or no metrics.</exception>
    public ExperimentLogOptions LogOptions()
    {
        if (Log is null)
        {
            throw new KindredException(ErrorKind.Usage, "experiment_without_log", $"The settings of '{Name}' have no log.",
                "Add it, as in 'log: { files: log.csv, unit: user_id }'.");
        }

        return new ExperimentLogOptions
        {
            Files = Log.Files,
            Assignments = Log.Assignments,
            Excluded = Assignment.Exclude,
            Unit = Log.Unit,
            Arm = Log.Arm,
            Time = Log.Time,
            Event = Log.Event,
            EventId = Log.EventId,
            Exposure = Log.Exposure,
            Rules = Log.Rules,
            Control = Assignment.Control,
            Arms = ArmsControlFirst,
            Start = Start,
            End = End,
            PreDays = PreDays,
            SkewMilliseconds = Log.SkewMilliseconds,
            Segments = Segments,
            Metrics = Metrics,
        };
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path; YAML or JSON. Paths within are relative to its folder.</param>
    /// <param name="withLog">True if the files of the log must exist; false to ignore them, as before the experiment.</param>
    /// <exception cref="KindredException">It cannot be read, or a setting is unknown, of the wrong type or out of range: the message
    /// names file, line, column, key, value and rule.</exception>
    public static ExperimentSettings Read(string file, bool withLog = true) => ExperimentSettingsReader.Read(file, withLog);
}
