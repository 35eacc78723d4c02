using Kindred.Data.Batches;
using Kindred.Data.Tables;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Converts rows into records, for one thread.</summary>
internal sealed class LogRows
{
    private readonly ExperimentLogOptions _options;
    private readonly LogSchema _schema;
    private readonly LogArms _arms;
    private readonly RecordWriter _records;
    private readonly HashColumn _unit;
    private readonly HashColumn _id = new();
    private readonly TimeColumn _time;
    private readonly CodeColumn _arm;
    private readonly CodeColumn _kind;
    private readonly ValueColumn[] _values;
    private readonly SegmentColumns _segments;
    private readonly bool[] _hasReadTimes = new bool[(int)LogFileRole.Assignment + 1];
    private readonly ulong[] _firstBadTimes = [ulong.MaxValue, ulong.MaxValue];
    private readonly long _start;
    private readonly long _end;
    private LogFile _file = null!;
    private int _fileNumber;
    private bool _hasTimes;
    private bool _hasArms;

    public LogRows(ExperimentLogOptions options, LogSchema schema, LogArms arms, TextCodes kinds, SegmentCodes segments,
        RecordWriter records)
    {
        (_options, _schema, _arms, _records) = (options, schema, arms, records);
        (_arm, _kind, _segments) = (new CodeColumn(arms.Codes), new CodeColumn(kinds), new SegmentColumns(segments));
        (_unit, _time) = (new HashColumn(options.Rules), new TimeColumn(options.Rules.Timestamps));
        _values = [.. schema.Values.Select(_ => new ValueColumn(options.Rules.DecimalComma))];
        (_start, _end) = (options.Start ?? long.MinValue, options.End ?? long.MaxValue);
    }

    /// <summary>Number of rows of the log so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The first rows without a unit.</summary>
    public List<ulong> MissingUnits { get; } = [];

    /// <summary>Number of rows without a unit.</summary>
    public long MissingUnitRows { get; private set; }

    /// <summary>The first time of the log from the start to the end.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The first time of an assignment before the end.</summary>
    public long FirstAssigned { get; private set; } = long.MaxValue;

    /// <summary>The last of these times.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>Tells whether any row of a unit had a time that could be read.</summary>
    public bool HasReadTimes(LogFileRole role) => _hasReadTimes[(int)role];

    /// <summary>The position of the first row of a unit whose time is missing or unreadable; the largest number without one.</summary>
    public ulong FirstBadTime(LogFileRole role) => _firstBadTimes[(int)role];

    /// <summary>The batch that rows are read into.</summary>
    public TableBatch Batch { get; } = new();

    /// <summary>Starts a file.</summary>
    public void Open(LogFile file, int number, TableReader table)
    {
        (_file, _fileNumber) = (file, number);
        Batch.Clear();
        var isLog = file.Role == LogFileRole.Log;
        if (_options.Unit is { } unit) Batch.Add(table.RequireIds(unit), _unit);
        if (file.Role == LogFileRole.Exclusion) return;
        _hasTimes = Add(table, _options.Time, _time, isLog);
        _hasArms = Add(table, _options.Arm, _arm, !isLog || _options.Assignments.Count == 0);
        if (isLog)
        {
            Add(table, _options.Event, _kind, true);
            if (_options.EventId is { } id) Batch.Add(table.RequireIds(id), _id);
        }

        for (var i = 0; i < _values.Length; i++)
        {
            if (!Add(table, _schema.Values[i], _values[i], _schema.Requires(file, _schema.Values[i]))) _values[i].Clear();
        }

        for (var i = 0; i < _segments.Columns.Count; i++)
        {
            if (!Add(table, _options.Segments[i], _segments.Columns[i], _schema.Requires(file, _options.Segments[i])))
            {
                _segments.Columns[i].Clear();
            }
        }
    }

    /// <summary>Converts the rows of the batch.</summary>
    public void Take(int rows)
    {
        if (_file.Role == LogFileRole.Log) Rows += rows;
        for (var row = 0; row < rows; row++)
        {
            var position = RecordLayout.PositionOf(_fileNumber, Batch.Lines[row]);
            var unit = _options.Unit is null ? Scatter(position) : _unit.Hashes[row];
            if (unit == 0) CountMissingUnit(position);
            else if (_file.Role == LogFileRole.Exclusion) Write(unit, RecordKind.Excluded, position);
            else Take(row, unit, position);
        }
    }

    private bool Add(TableReader table, string? name, BatchColumn target, bool required)
    {
        if (name is null) return false;
        var column = required ? table.Require(name) : table.Find(name);
        if (column >= 0) Batch.Add(column, target);
        return column >= 0;
    }

    private void Take(int row, ulong unit, ulong position)
    {
        var isLog = _file.Role == LogFileRole.Log;
        var time = _hasTimes ? _time.Times[row] : RecordLayout.NoTime;
        if (time == TimeColumn.None)
        {
            ref var first = ref _firstBadTimes[(int)_file.Role];
            first = Math.Min(first, position);
            Write(unit, RecordKind.BadTime, position);
            return;
        }

        _hasReadTimes[(int)_file.Role] = true;
        var inPeriod = !_hasTimes || !isLog || (time >= _start && time < _end);
        if (_hasTimes && inPeriod && time < _end) NoteTime(time, isLog);
        var kind = !isLog ? RecordKind.Assignment : _options.Event is null ? RecordKind.Other : (byte)Math.Max(0, _kind.Codes[row] + 1);
        var arm = _options.Arm is null ? 0 : _hasArms && inPeriod ? _arm.Codes[row] : CodeColumn.None;
        if (arm >= 0) _arms.Find(arm);
        else if (arm == TextCodes.Unknown || (inPeriod && NeedsArm(kind)))
        {
            Write(unit, arm == TextCodes.Unknown ? RecordKind.UnknownArm : RecordKind.MissingArm, position);
            return;
        }

        var record = _records.Add(RecordLayout.PartitionOf(unit));
        _schema.Layout.Write(record, unit, kind, position, arm < 0 ? RecordLayout.NoArm : (byte)arm, time, _segments.Of(row),
            isLog && _schema.Layout.HasIds ? _id.Hashes[row] : 0);
        var values = _schema.Layout.ValuesOf(record);
        for (var i = 0; i < values.Length; i++) values[i] = BitConverter.DoubleToUInt64Bits(_values[i].Values[row]);
    }

    private void NoteTime(long time, bool isLog)
    {
        if (isLog) First = Math.Min(First, time);
        else FirstAssigned = Math.Min(FirstAssigned, time);
        Last = Math.Max(Last, time);
    }

    // With assignment tables, only their rows need an arm; otherwise, with a named kind of exposure, only rows of that kind do.
    private bool NeedsArm(byte kind) => kind == RecordKind.Assignment
        || (_options.Assignments.Count == 0 && (_schema.Exposure == RecordKind.Other || kind == _schema.Exposure));

    private void Write(ulong unit, byte kind, ulong position)
    {
        var record = _records.Add(RecordLayout.PartitionOf(unit));
        _schema.Layout.Write(record, unit, kind, position, RecordLayout.NoArm, RecordLayout.NoTime, 0, 0);
        _schema.Layout.ValuesOf(record).Fill(BitConverter.DoubleToUInt64Bits(RecordValue.Empty));
    }

    private void CountMissingUnit(ulong position)
    {
        const int mostPlaces = 3;
        MissingUnitRows++;
        MissingUnits.Add(position);
        if (MissingUnits.Count <= mostPlaces) return;
        MissingUnits.Remove(MissingUnits.Max());
    }

    // The finaliser of SplitMix64: different positions stay different and spread over all partitions.
    private static ulong Scatter(ulong position)
    {
        var hash = position + 0x9E37_79B9_7F4A_7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EB;
        return hash ^ (hash >> 31);
    }
}
