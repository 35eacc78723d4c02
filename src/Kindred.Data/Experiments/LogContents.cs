using Kindred.Data.Tables;
using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>The findings in the files of a log, besides the records.</summary>
internal sealed class LogContents
{
    private const int MostPlaces = 3;

    private readonly ExperimentLogOptions _options;
    private readonly LogSchema _schema;
    private readonly LogArms _arms;
    private readonly SegmentCodes _segments;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private long _missingUnits;
    private IReadOnlyList<ulong> _missingUnitPlaces = [];

    public LogContents(ExperimentLogOptions options, LogSchema schema)
    {
        (_options, _schema) = (options, schema);
        (_arms, _segments) = (new LogArms(options), new SegmentCodes(options.Segments));
    }

    /// <summary>Number of rows of the log.</summary>
    public long Rows { get; private set; }

    /// <summary>Names in the log that differ from a declared arm only in case or white space.</summary>
    public IReadOnlyList<string> AlikeArms => _arms.Alike;

    /// <summary>Reads all files into a store.</summary>
    public void Read(RecordStore store, LogProgress progress, CancellationToken cancellation)
    {
        var kinds = new TextCodes(_schema.Kinds);
        RecordWriter[] writers = [.. Enumerable.Range(0, _options.Threads).Select(_ => new RecordWriter(store))];
        LogRows[] workers = [.. writers.Select(writer => new LogRows(_options, _schema, _arms, kinds, _segments, writer))];
        new LogReader(_schema.Files, _options.Unit, progress).Run(workers, cancellation);
        foreach (var writer in writers) writer.Complete();
        store.Complete();
        Rows = workers.Sum(worker => worker.Rows);
        _missingUnits = workers.Sum(worker => worker.MissingUnitRows);
        _missingUnitPlaces = [.. workers.SelectMany(worker => worker.MissingUnits).Order().Take(MostPlaces)];
        _first = workers.Min(worker => worker.First);
        if (_first == long.MaxValue) _first = workers.Min(worker => worker.FirstAssigned);
        _last = workers.Max(worker => worker.Last);
        if (Rows == 0)
        {
            throw Errors.BadFile("no_rows", string.Join(", ", _options.Files.Take(3)), "line 2: the header is there, but no rows of a log",
                "Check the export that wrote the file");
        }

        RequireTimes(workers, LogFileRole.Log);
        RequireTimes(workers, LogFileRole.Assignment);
    }

    public ReductionPlan ToPlan()
    {
        var (arms, ofCode) = _arms.ToList();
        // Without a start, the experiment starts on the first day of the log.
        var start = _options.Start ?? (_first < long.MaxValue ? ReductionPlan.DayOf(_first) * ReductionPlan.DayMilliseconds : 0);
        return new ReductionPlan
        {
            Layout = _schema.Layout,
            Arms = arms,
            ArmOfCode = ofCode,
            Quantities = _schema.Quantities,
            Metrics = _schema.Metrics,
            Segments = _segments.ToPlans(),
            HasTimes = _options.Time is not null,
            HasKinds = _options.Event is not null,
            OneRowAUnit = _options.Time is null && _options.Event is null,
            HasAssignments = _options.Assignments.Count > 0,
            HasExclusions = _options.Excluded.Count > 0,
            Exposure = _schema.Exposure,
            Start = start,
            End = _options.End ?? long.MaxValue,
            BeforeMilliseconds = _options.PreDays * ReductionPlan.DayMilliseconds,
            SkewMilliseconds = _options.SkewMilliseconds,
            LastDay = ReductionPlan.DayOf(Math.Max(start, _last)),
        };
    }

    /// <summary>Adds readable places to problems.</summary>
    public IReadOnlyList<LogProblem> Describe(IReadOnlyList<LogPositions> problems)
    {
        var all = problems.Select(problem =>
            new LogProblem(problem.Kind, problem.Rows, problem.Units, problem.UnitsByArm, [.. problem.Positions.Select(PlaceOf)]));
        if (_missingUnits > 0)
        {
            all = all.Prepend(new LogProblem(LogProblemKind.MissingUnit, _missingUnits, 0, [], [.. _missingUnitPlaces.Select(PlaceOf)]));
        }
        return [.. all.OrderBy(problem => problem.Kind)];
    }

    private void RequireTimes(LogRows[] workers, LogFileRole role)
    {
        var first = workers.Min(worker => worker.FirstBadTime(role));
        if (first == ulong.MaxValue || workers.Any(worker => worker.HasReadTimes(role))) return;
        var (number, line) = RecordLayout.PlaceOf(first);
        var file = _schema.Files[number];
        using var table = file.Open(_options.Unit);
        table.Rules = _options.Rules;
        var column = table.Require(_options.Time!);
        while (table.Read() && table.Line < line)
        {
        }

        var problem = TimeProblem(table, column);
        throw new KindredException(ErrorKind.BadInput, "times_unreadable",
            $"{file.Path}: no row has a time that can be read: {problem.Problem[(file.Path.Length + 2)..]}", problem.Remedy)
        {
            Values = problem.Values,
        };
    }

    // The reader of tables says which forms of times there are.
    private static KindredException TimeProblem(TableReader table, int column)
    {
        const string advice = "Check which column has the times";
        if (table.Utf8(column).IsEmpty) return table.Error(column, "the cell is empty", advice);
        try
        {
            table.UnixMilliseconds(column);
        }
        catch (RowException problem)
        {
            return problem;
        }

        return table.Error(column, $"{TableReader.Shorten(table.Utf8(column))} is not a point in time", advice);
    }

    private string PlaceOf(ulong position)
    {
        var (file, line) = RecordLayout.PlaceOf(position);
        return _schema.Files[file].PlaceOf(line);
    }
}
