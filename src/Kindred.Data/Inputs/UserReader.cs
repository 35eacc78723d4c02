using System.Text;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Reads users: user_id and, if there are such columns, country, active and attributes.</summary>
public static class UserReader
{
    /// <summary>Reads all files, one after the other; they must have the same columns in any order.</summary>
    /// <param name="files">CSV, gzip CSV or Parquet.</param>
    /// <param name="options">Names of columns.</param>
    /// <param name="progress">Receives progress every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KindredException">A file or a row is wrong, or two rows of one user differ.</exception>
    public static UserInput Read(
        IReadOnlyList<string> files,
        UserOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var rows = new UserRows(files, options ?? new UserOptions());
        var count = InputFiles.ReadRows(
            files, "users", HeaderRule.Always, (options ?? new UserOptions()).Rules, rows.Open, null, progress, cancellationToken);
        return rows.Build(count, out _);
    }
}

/// <summary>Rows of users in the order of the files.</summary>
/// <param name="files">Their names, for errors.</param>
/// <param name="options">Names of columns.</param>
/// <param name="distinct">True if a second row of a user is an error even with the same values.</param>
internal sealed class UserRows(IReadOnlyList<string> files, UserOptions options, bool distinct = false)
{
    private readonly IdTable _ids = new();
    private readonly List<(int File, long Line)> _places = [];
    private readonly List<string> _countries = [];
    private readonly List<byte> _active = [];
    private readonly List<float> _counts = [];
    private readonly Dictionary<string, string> _pool = new(StringComparer.Ordinal);
    private readonly HashSet<int> _notText = [];
    private string[]? _names;
    private List<string?>[] _attributes = [];
    private string? _countryColumn;
    private string? _activeColumn;
    private string? _countColumn;
    private long _duplicates;

    public Action Open(TableReader table, int file)
    {
        var user = table.RequireIds(options.UserColumn);
        if (_names is null) ReadHeader(table);
        var country = _countryColumn is null ? -1 : table.Require(_countryColumn);
        var active = _activeColumn is null ? -1 : table.Require(_activeColumn);
        var count = _countColumn is null ? -1 : table.Require(_countColumn);
        var attributes = Array.ConvertAll(_names!, table.Require);
        return () =>
        {
            if (options.Forgotten.Count == 0 || !options.Forgotten.Contains(table.PlainId(user)))
            {
                Add(table, file, user, country, active, count, attributes);
            }
        };
    }

    /// <summary>The users as they were read.</summary>
    /// <param name="rows">Rows read.</param>
    /// <param name="rank">[users, by first appearance] each one's place in canonical order.</param>
    public UserInput Build(long rows, out int[] rank)
    {
        var ids = _ids.Sorted(out rank);
        var countries = _countries.Distinct().Order(Utf8Order.Instance).ToArray();
        var numbers = countries.Select((name, number) => (name, number)).ToDictionary(StringComparer.Ordinal);
        var countryOf = new int[ids.Count];
        var active = new byte[ids.Count];
        var counts = _countColumn is null ? null : new float[ids.Count];
        var attributes = Array.ConvertAll(_attributes, _ => new string?[ids.Count]);
        for (var i = 0; i < rank.Length; i++)
        {
            countryOf[rank[i]] = numbers[_countries[i]];
            active[rank[i]] = _active[i];
            if (counts is not null) counts[rank[i]] = _counts[i];
            for (var j = 0; j < attributes.Length; j++) attributes[j][rank[i]] = _attributes[j][i];
        }

        var byName = _names!.Zip(attributes).Where((_, number) => !_notText.Contains(number)).ToDictionary(StringComparer.Ordinal);
        var users = new UserTable(ids, countries, countryOf, active, byName);
        return new UserInput(users, _activeColumn is not null, rows, _duplicates) { Counts = counts };
    }

    private void ReadHeader(TableReader table)
    {
        _countryColumn = options.CountryColumn ?? (table.Find(ColumnNames.DefaultCountry) >= 0 ? ColumnNames.DefaultCountry : null);
        _activeColumn = options.ActiveColumn ?? (table.Find(ColumnNames.DefaultActive) >= 0 ? ColumnNames.DefaultActive : null);
        _countColumn = options.CountColumn is { } name && table.Find(name) >= 0 ? name : null;
        var others = !options.KeepAttributes
            ? []
            : table.Columns.Where(name => name != options.UserColumn && name != _countryColumn && name != _activeColumn
                && name != _countColumn).ToArray();
        _names = Array.FindAll(others, table.CanRead);
        _attributes = Array.ConvertAll(_names, _ => new List<string?>());
        // The columns of lists and structs are called after their elements: tags.list.element.
        string[] left = [.. others.Except(_names).Select(name => name.Split('.')[0]).Distinct()];
        if (left.Length > 0) NoteLeftOut(left);
    }

    private void Add(TableReader table, int file, int userColumn, int countryColumn, int activeColumn, int countColumn,
        int[] attributeColumns)
    {
        var before = _ids.Count;
        var user = _ids.GetOrAdd(table.Id(userColumn));
        var country = countryColumn < 0 ? "" : Country(table, countryColumn);
        var active = activeColumn < 0 || table.Flag(activeColumn) ? (byte)1 : (byte)0;
        var count = countColumn < 0 ? 0 : Count(table, countColumn);
        if (user < before)
        {
            CheckSame(table, userColumn, user, country, active, count, attributeColumns);
            return;
        }

        _places.Add((file, table.Line));
        _countries.Add(country);
        _active.Add(active);
        if (countColumn >= 0) _counts.Add(count);
        for (var i = 0; i < attributeColumns.Length; i++) _attributes[i].Add(Attribute(table, attributeColumns[i], i));
    }

    private void CheckSame(TableReader table, int userColumn, int user, string country, byte active, float count, int[] attributeColumns)
    {
        var same = !distinct && _countries[user] == country && _active[user] == active && (_countColumn is null || _counts[user] == count);
        for (var i = 0; i < attributeColumns.Length; i++) same &= _attributes[i][user] == Attribute(table, attributeColumns[i], i);
        _duplicates++;
        if (same) return;
        throw table.Error(userColumn,
            $"user {TableReader.Shorten(_ids[user])} occurs twice{(distinct ? "" : " with other values")} " +
            $"(first in {files[_places[user].File]}, line {_places[user].Line})",
            "Keep one row per user", RowProblem.DuplicateUser);
    }

    private static float Count(TableReader table, int column) => table.Number(column) is var count && count >= 0
        ? (float)count
        : throw table.Error(column, $"the count {TableReader.Shorten(table.Utf8(column))} is negative", "Counts are 0 or more");

    private string Country(TableReader table, int column)
    {
        var utf8 = table.Country(column);
        return utf8.IsEmpty ? "" : Pooled(utf8);
    }

    // Bytes without the type of text may be text all the same, or a picture.
    private string? Attribute(TableReader table, int column, int number)
    {
        if (_notText.Contains(number)) return null;
        try
        {
            return Attribute(table, column);
        }
        catch (KindredException error) when (error.Code == "not_utf8" && table is ParquetTable)
        {
            _notText.Add(number);
            NoteLeftOut([table.Columns[column]]);
            return null;
        }
    }

    private void NoteLeftOut(string[] names) =>
        options.Rules.Note?.Invoke($"Columns of users that are left out, since they hold no text, number or time: {string.Join(", ", names)}.");

    private string? Attribute(TableReader table, int column)
    {
        var utf8 = table.Utf8(column);
        return utf8.IsEmpty || table.IsMissing(utf8) ? null : Pooled(utf8);
    }

    // Attributes repeat: plans, genders, age groups. The limit keeps the pool from growing with the users.
    private string Pooled(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[128];
        if (utf8.Length > text.Length) return Encoding.UTF8.GetString(utf8);
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        var lookup = _pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known)) return known;
        var created = text.ToString();
        if (_pool.Count < 100_000) _pool.Add(created, created);
        return created;
    }
}
