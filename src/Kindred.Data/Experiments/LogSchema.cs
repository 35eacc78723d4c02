using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>The columns and events of a log that the requested metrics read.</summary>
internal sealed class LogSchema
{
    private readonly ExperimentLogOptions _options;
    private readonly List<string> _values = [];
    private readonly List<string> _kinds = [];
    private readonly List<QuantityPlan> _quantities = [];

    public LogSchema(ExperimentLogOptions options, IReadOnlyList<LogFile> files)
    {
        (_options, Files) = (options, files);
        Metrics = [.. options.Metrics.Select(Plan)];
        if (options.Exposure is { } exposure) Exposure = KindOf(exposure);
        Layout = new RecordLayout(_values.Count, options.EventId is not null);
        if (_quantities.Count > RecordKind.MostNamed || _values.Count > RecordKind.MostNamed || _kinds.Count > RecordKind.MostNamed)
        {
            throw new KindredException(ErrorKind.Usage, "metrics_too_many",
                $"The metrics use {_quantities.Count:N0} quantities, {_kinds.Count:N0} kinds of event and {_values.Count:N0} columns; the maximum is {RecordKind.MostNamed} of each.",
                "Ask for fewer metrics at a time.");
        }
    }

    public IReadOnlyList<LogFile> Files { get; }

    public IReadOnlyList<MetricPlan> Metrics { get; }

    public IReadOnlyList<QuantityPlan> Quantities => _quantities;

    public RecordLayout Layout { get; }

    /// <summary>Columns of values, covariates included.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>Kinds of event with a number, which is the place in the list plus one.</summary>
    public IReadOnlyList<string> Kinds => _kinds;

    public byte Exposure { get; }

    /// <summary>Tells whether a file must have a column that other files may lack.</summary>
    public bool Requires(LogFile file, string column) => file.Role == LogFileRole.Log && !IsOf(LogFileRole.Assignment, column);

    private MetricPlan Plan(Metric metric) => new(
        metric, Place(metric, metric.Numerator), metric.Denominator is { } denominator ? Place(metric, denominator) : -1,
        metric.Covariate is { } covariate ? ColumnOf(metric, covariate, "covariate", inAssignments: true) : -1);

    private int Place(Metric metric, Quantity quantity)
    {
        var plan = Resolve(metric, quantity);
        if (metric.Kind == MetricKind.Quantile && plan.Column < 0)
        {
            if (quantity.Event is null)
            {
                throw Unresolved(metric, $"it is a quantile of the values of rows, but there is no column '{quantity.Name}'");
            }
            throw new KindredException(ErrorKind.Usage, "quantile_of_a_count",
                $"Metric '{metric.Name}' is a quantile of the values of rows, but '{quantity.Name}' counts rows.",
                "Name the value column.");
        }

        var place = _quantities.IndexOf(plan);
        if (place >= 0) return place;
        _quantities.Add(plan);
        return _quantities.Count - 1;
    }

    private QuantityPlan Resolve(Metric metric, Quantity quantity)
    {
        var (kind, column) = (quantity.Event, quantity.Column);
        if (kind is null && column is null)
        {
            if (IsOf(LogFileRole.Log, quantity.Name) && !IsRole(quantity.Name)) column = quantity.Name;
            else if (_options.Event is not null) kind = quantity.Name;
            else throw Unresolved(metric, $"the log has no column '{quantity.Name}', and no event column is named");
        }

        if (kind is not null && _options.Event is null)
        {
            throw Unresolved(metric, $"it is about events of kind '{kind}', and no event column is named");
        }

        return new QuantityPlan(
            kind is null ? RecordKind.Other : KindOf(kind), column is null ? -1 : ColumnOf(metric, column, "column", inAssignments: false),
            quantity.AllowsNegative);
    }

    private byte KindOf(string kind)
    {
        if (!_kinds.Contains(kind)) _kinds.Add(kind);
        return (byte)Math.Min(_kinds.IndexOf(kind) + 1, byte.MaxValue);
    }

    private int ColumnOf(Metric metric, string column, string what, bool inAssignments)
    {
        if (!IsOf(LogFileRole.Log, column) && !(inAssignments && IsOf(LogFileRole.Assignment, column)))
        {
            throw Unresolved(metric, $"there is no {what} '{column}'");
        }
        if (!_values.Contains(column)) _values.Add(column);
        return _values.IndexOf(column);
    }

    private bool IsOf(LogFileRole role, string column) => Files.Any(file => file.Role == role && file.Columns.Contains(column));

    private bool IsRole(string column) =>
        column == _options.Unit || column == _options.Arm || column == _options.Time || column == _options.Event
            || column == _options.EventId;

    private KindredException Unresolved(Metric metric, string problem)
    {
        var columns = Files.Where(file => file.Role == LogFileRole.Log).SelectMany(file => file.Columns).Distinct().ToList();
        var there = string.Join(", ", columns.Take(20).Select(name => $"'{name}'")) + (columns.Count > 20 ? ", …" : "");
        var events = _options.Event is null
            ? "if each row is an event, name the event column: then metrics can name kinds of event like columns"
            : $"or name a kind of event from column '{_options.Event}'";
        return new KindredException(ErrorKind.BadInput, "metric_not_computable",
            $"{Files[0].Path}: metric '{metric.Name}' cannot be computed: {problem}. The columns are {there}.",
            $"Name one of them; {events}.")
        {
            Values = new Dictionary<string, object?> { ["metric"] = metric.Name, ["columns"] = columns },
        };
    }
}
