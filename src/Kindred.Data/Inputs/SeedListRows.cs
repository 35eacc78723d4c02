using System.Text;
using Kindred.Data.Tables;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Rows of seed lists in the order of the files, gathered by list.</summary>
internal sealed class SeedListRows(SeedListOptions options)
{
    private readonly string[] _metrics = [.. (options.MetricColumns ?? new HashSet<string>()).Order(StringComparer.Ordinal)];
    private readonly Dictionary<string, string> _fileOfName = new(StringComparer.Ordinal);
    private readonly IdTable _userIds = new();
    private readonly IdTable _listIds = new();
    private readonly List<Rows> _lists = [];

    public Action Open(TableReader table, int file)
    {
        var user = table.RequireIds(options.UserColumn);
        var list = table.Find(options.ListColumn);
        var name = list >= 0 ? [] : Encoding.UTF8.GetBytes(NameOf(table.File));
        var metrics = Array.ConvertAll(_metrics, table.Require);
        if (list >= 0) table.RequireIds(options.ListColumn);
        return () =>
        {
            var rows = ListOf(list >= 0 ? table.Id(list) : name);
            rows.Users.Add(_userIds.GetOrAdd(table.Id(user)));
            foreach (var metric in metrics) rows.Metrics.Add(Metric(table, metric));
        };
    }

    public IReadOnlyList<SeedList> Build()
    {
        _userIds.Sorted(out var rank);
        _listIds.Sorted(out var listRank);
        var lists = new SeedList[_lists.Count];
        Parallel.For(0, lists.Length, i => lists[listRank[i]] = Build(Encoding.UTF8.GetString(_listIds[i]), _lists[i], rank));
        return lists;
    }

    private SeedList Build(string id, Rows rows, int[] rank)
    {
        // By user, then by row: the last row of a user is the one that counts.
        var order = Enumerable.Range(0, rows.Users.Count).Select(row => (Rank: rank[rows.Users[row]], Row: row)).ToArray();
        Array.Sort(order);
        var last = order.Where((entry, i) => i == order.Length - 1 || order[i + 1].Rank != entry.Rank).ToArray();
        var users = _userIds.ToList().Select([.. last.Select(entry => rows.Users[entry.Row])]);
        var metrics = _metrics.Select((name, j) => KeyValuePair.Create(name, last.Select(entry => rows.Metrics[entry.Row * _metrics.Length + j]).ToArray()));
        return new SeedList(id, users, metrics.ToDictionary(StringComparer.Ordinal), rows.Users.Count - last.Length);
    }

    private Rows ListOf(ReadOnlySpan<byte> id)
    {
        var list = _listIds.GetOrAdd(id);
        if (list == _lists.Count) _lists.Add(new Rows([], []));
        return _lists[list];
    }

    private string NameOf(string file)
    {
        if (options.DefaultListId is { } given) return given;
        var name = Path.GetFileName(file);
        var dot = name.IndexOf('.', 1);
        if (dot > 0) name = name[..dot];
        if (name.Trim() != name || Encoding.UTF8.GetByteCount(name) > IdList.MaxBytes)
        {
            throw Errors.BadFile(file, $"line 1: there is no column '{options.ListColumn}', so the list would be called '{Errors.Shorten(name)}', which is no id (1 to {IdList.MaxBytes} bytes, no white space around it)",
                "Rename the file, or add the column");
        }

        if (_fileOfName.TryGetValue(name, out var other))
        {
            throw Errors.BadFile(file, $"line 1: there is no column '{options.ListColumn}', so the list would be called '{name}' like that of {other}",
                "Rename one of the files, add the column, or name one list for both");
        }

        _fileOfName.Add(name, file);
        return name;
    }

    private static float Metric(TableReader table, int column)
    {
        if (table.Utf8(column).IsEmpty) return float.NaN;
        var value = table.Number(column);
        if (value < 0) throw table.Error(column, $"the metric {TableReader.Shorten(table.Utf8(column))} is negative", "Metrics count or rate engagement: write 0 or more, or leave the cell empty");
        return float.IsFinite((float)value) ? (float)value : throw table.Error(column, $"the metric {TableReader.Shorten(table.Utf8(column))} is too large", "Metrics are float32, up to 3.4e38: scale them down");
    }

    private sealed record Rows(List<int> Users, List<float> Metrics);
}
