using Kindred.Data.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Pipeline.Experiments;

/// <summary>All that a settings file says about an experiment, declared before anybody looks at the outcome. Paths are absolute by now: the file's are relative to its own folder.</summary>
public sealed record ExperimentSettings
{
    /// <summary><c>name</c>: what the experiment is called.</summary>
    public required string Name { get; init; }

    /// <summary><c>assignment</c>: who is in which arm.</summary>
    public AssignmentSettings Assignment { get; init; } = new();

    /// <summary><c>log</c>: what happened; null where the file has no log, as before the experiment.</summary>
    public ExperimentLogSettings? Log { get; init; }

    /// <summary><c>start</c>: when the experiment began, unix milliseconds; null for the first row of the log.</summary>
    public long? Start { get; init; }

    /// <summary><c>end</c>: when it ended, unix milliseconds, this moment not included; null for the last row of the log.</summary>
    public long? End { get; init; }

    /// <summary><c>pre_days</c>: days before the start whose events foretell those of the experiment (CUPED). Default 0.</summary>
    public int PreDays { get; init; }

    /// <summary><c>metrics</c>: what is measured, in the order of the file.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary><c>segments</c>: columns by whose values the units are shown apart, such as country.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary><c>confidence</c>: of every interval. Default .95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary><c>sequential</c>: whether intervals hold however often and whenever somebody looks. Default false.</summary>
    public bool Sequential { get; init; }

    /// <summary><c>sequential: { tuned_for: N }</c>: the number of units, both arms together, at which sequential intervals are shortest. Default 5,000.</summary>
    public double TunedFor { get; init; } = 5000;

    /// <summary><c>correction</c>: how p-values of several metrics are adjusted. Default Holm.</summary>
    public Correction Correction { get; init; } = Correction.Holm;

    /// <summary><c>srm_alarm</c>: the p-value below which counts of units are held not to fit the planned shares, so that there is no verdict. Default .001.</summary>
    public double SampleRatioAlarm { get; init; } = 0.001;

    /// <summary>The names of the arms, the control first; null where the file names none.</summary>
    public IReadOnlyList<string>? ArmsControlFirst => Assignment.Arms.Count == 0 ? null
        : [Assignment.Control!, .. Assignment.Arms.Select(arm => arm.Name).Where(arm => arm != Assignment.Control)];

    /// <summary>Planned weights in the order of <see cref="ArmsControlFirst"/>; null where the file names none.</summary>
    public IReadOnlyList<double>? WeightsControlFirst =>
        ArmsControlFirst is { } arms ? [.. arms.Select(name => (double)Assignment.Arms.First(arm => arm.Name == name).Weight)] : null;

    /// <summary>What is asked of the log, all arms named with the control first.</summary>
    /// <exception cref="KindredException">The file has no log or no metrics.</exception>
    public ExperimentLogOptions LogOptions()
    {
        if (Log is null) throw new KindredException(ErrorKind.Usage, "experiment_without_log", $"The settings of '{Name}' have no log.", "Add it, as in 'log: { files: log.csv, unit: user_id }'.");
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
    /// <param name="withLog">Whether the files of the log must be there; without this they are not looked for, as before the experiment.</param>
    /// <exception cref="KindredException">It cannot be read, or a setting is unknown, of the wrong type or out of range: the message names file, line, column, key, value and rule.</exception>
    public static ExperimentSettings Read(string file, bool withLog = true) => ExperimentSettingsReader.Read(file, withLog);
}
