using System.Text;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Rows of seed lists in the order of the files, grouped by list.</summary>
/// <param name="options">Names of columns.</param>
/// <param name="tally">True to compute the ranges of the other columns too.</param>
internal sealed class SeedListRows(SeedListOptions options, bool tally = false)
{
    // Most columns of a wide table are not metrics.
    private const int MostTallied = 32;

    private static readonly Dictionary<string, float[]> _none = [];
    private static readonly List<float> _noMetrics = [];

    private readonly string[] _metrics = [.. (options.MetricColumns ?? new HashSet<string>()).Order(StringComparer.Ordinal)];
    private readonly Dictionary<string, string> _fileOfName = new(StringComparer.Ordinal);
    private readonly IdTable _userIds = new();
    private readonly IdTable _listIds = new();
    private readonly List<Rows> _lists = [];
    private readonly List<string> _tallied = [];
    private readonly UserCell _cell = new(options.Hash);
    private (string File, bool HasLists)? _first;

    public Action Open(TableReader table, int file)
    {
        var user = table.RequireIds(options.UserColumn);
        var list = options.RequiresListColumn ? table.Require(options.ListColumn) : table.Find(options.ListColumn);
        NoteShape(table, list >= 0);
        var name = list >= 0 ? [] : Encoding.UTF8.GetBytes(NameOf(table.File));
        var metrics = Array.ConvertAll(_metrics, table.Require);
        if (list >= 0) table.RequireIds(options.ListColumn);
        var tallied = Tallied(table);
        var values = new float[metrics.Length];
        return () =>
        {
            // A bad row adds nothing but its list. A value is valid until the next one is read.
            var rows = ListOf(list >= 0 ? table.Id(list) : name);
            var id = _userIds.GetOrAdd(_cell.Of(table, user));
            for (var i = 0; i < metrics.Length; i++) values[i] = Metric(table, metrics[i]);
            rows.Users.Add(id);
            rows.Metrics.AddRange(values);
            foreach (var (column, number) in tallied) rows.TallyOf(number).Add(table, column);
        };
    }

    // Read as they are, interactions are one list of nearly everybody, and a file of one list beside a table of lists is called after
    // itself: neither is an error, and both are seldom meant.
    private void NoteShape(TableReader table, bool hasLists)
    {
        if (!hasLists && table.Columns.Contains(UsualColumns.Item))
        {
            options.Rules.Note?.Invoke($"{table.File} has a column '{UsualColumns.Item}' and no '{options.ListColumn}': it looks like interactions, and all its users are read as one list. If each item is a list, name its column as that of the lists.");
        }

        if (_first is var (file, firstHasLists) && firstHasLists != hasLists)
        {
            var (without, with) = hasLists ? (file, table.File) : (table.File, file);
            options.Rules.Note?.Invoke($"{without} has no column '{options.ListColumn}', so it is one list called after the file, while {with} has the column.");
        }

        _first ??= (table.File, hasLists);
    }

    public IReadOnlyList<SeedList> Build()
    {
        _userIds.Sorted(out var rank);
        _listIds.Sorted(out var listRank);
        var lists = new SeedList[_lists.Count];
        Parallel.For(0, lists.Length, i => lists[listRank[i]] = Build(Encoding.UTF8.GetString(_listIds[i]), _lists[i], rank));
        return lists;
    }

    /// <summary>For each list that <see cref="Build()"/> returns, its columns of numbers.</summary>
    public IReadOnlyList<IReadOnlyList<MetricRange>> Ranges()
    {
        _listIds.Sorted(out var listRank);
        var ranges = new IReadOnlyList<MetricRange>[_lists.Count];
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[listRank[i]] = [.. _lists[i].Tallies.Select((tally, number) => tally.Of(_tallied[number])).OfType<MetricRange>()];
        }

        return ranges;
    }

    private SeedList Build(string id, Rows rows, int[] rank)
    {
        // By user, then by row: the last row of a user counts.
        var order = Enumerable.Range(0, rows.Users.Count).Select(row => (Rank: rank[rows.Users[row]], Row: row)).ToArray();
        Array.Sort(order);
        var last = order.Where((entry, i) => i == order.Length - 1 || order[i + 1].Rank != entry.Rank).ToArray();
        var users = _userIds.ToList().Select([.. last.Select(entry => rows.Users[entry.Row])]);
        if (_metrics.Length == 0) return new SeedList(id, users, _none, rows.Users.Count - last.Length);
        var metrics = _metrics.Select((name, j) =>
            KeyValuePair.Create(name, last.Select(entry => rows.Metrics[entry.Row * _metrics.Length + j]).ToArray()));
        return new SeedList(id, users, metrics.ToDictionary(StringComparer.Ordinal), rows.Users.Count - last.Length);
    }

    private Rows ListOf(ReadOnlySpan<byte> id)
    {
        var list = _listIds.GetOrAdd(id);
        // There may be a million lists of one user each, most of which have no metrics.
        if (list == _lists.Count) _lists.Add(new Rows([], _metrics.Length == 0 ? _noMetrics : []));
        return _lists[list];
    }

    /// <summary>The columns of a table that may be metrics, and their numbers in <see cref="_tallied"/>.</summary>
    private (int Column, int Number)[] Tallied(TableReader table)
    {
        if (!tally) return [];
        foreach (var name in table.Columns)
        {
            if (_tallied.Count == MostTallied) break;
            if (name != options.UserColumn && name != options.ListColumn && !_tallied.Contains(name) && table.CanRead(name))
            {
                _tallied.Add(name);
            }
        }

        return [.. _tallied.Select((name, number) => (table.CanRead(name) ? table.Find(name) : -1, number)).Where(column =>
            column.Item1 >= 0)];
    }

    private string NameOf(string file)
    {
        var name = Path.GetFileName(file);
        var dot = name.IndexOf('.', 1);
        if (dot > 0) name = name[..dot];
        if (name.Trim() != name || Encoding.UTF8.GetByteCount(name) > IdList.MaxBytes)
        {
            throw Errors.BadFile("bad_seed_list_name", file,
                $"line 1: there is no column '{options.ListColumn}', so the list would be called {ShortText.Of(name)}, " +
                $"which is not an id (1 to {IdList.MaxBytes} bytes, no white space around it)",
                "Rename the file, or add the column");
        }

        if (_fileOfName.TryGetValue(name, out var other))
        {
            throw Errors.BadFile("duplicate_seed_list_name", file,
                $"line 1: there is no column '{options.ListColumn}', so the list would be called '{name}' like that of {other}",
                "Rename one of the files, or add the column");
        }

        _fileOfName.Add(name, file);
        return name;
    }

    private static float Metric(TableReader table, int column)
    {
        if (table.Utf8(column).IsEmpty || (!table.TrySingle(column, out _) && table.IsMissing(table.Utf8(column)))) return float.NaN;
        var value = table.Number(column);
        if (value < 0)
        {
            throw table.Error(column, $"the metric {TableReader.Shorten(table.Utf8(column))} is negative",
                "Metrics count or rate engagement: write 0 or more, or leave the cell empty", RowProblem.NegativeMetric);
        }

        return float.IsFinite((float)value) ? (float)value
            : throw table.Error(column, $"the metric {TableReader.Shorten(table.Utf8(column))} is too large",
            "Metrics are float32, up to 3.4e38: scale them down", RowProblem.LargeMetric);
    }

    private sealed record Rows(List<int> Users, List<float> Metrics)
    {
        private static readonly List<MetricTally> _noTallies = [];

        public List<MetricTally> Tallies { get; private set; } = _noTallies;

        public MetricTally TallyOf(int number)
        {
            if (Tallies.Count == 0) Tallies = [];
            while (Tallies.Count <= number) Tallies.Add(new MetricTally());
            return Tallies[number];
        }
    }
}
