using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Data.Values;

namespace Kindred.Data.Imports;

/// <summary>The columns of a table that hold the embedding.</summary>
internal sealed class VectorColumns
{
    /// <summary>The largest length of an embedding.</summary>
    public const int MostNumbers = 4096;

    private readonly TableReader _table;
    private readonly int _user;
    private readonly int[] _columns;
    private readonly string? _list;
    private readonly bool _isChosen;
    private readonly ListText _text = new();
    private int _texts = -1;
    private bool _isKnown;

    /// <summary>Finds the columns before the first row is read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="user">The column of ids.</param>
    /// <param name="options">Which columns.</param>
    public VectorColumns(TableReader table, int user, ImportOptions options)
    {
        (_table, _user) = (table, user);
        var names = options.EmbeddingColumns;
        _list = names switch
        {
            [var only] when table.ListColumns.Contains(only) => only,
            [] when table.ListColumns is [var only] => only,
            [] when table.ListColumns.Count > 1 => throw SeveralLists(table.ListColumns),
            _ => null,
        };
        if (_list is not null) table.SelectList(_list);
        _isChosen = names.Count > 0;
        _isKnown = _list is not null;
        Names = _list is not null ? []
            : names.Count > 0 ? [.. names.SelectMany(Expand)]
            : [.. table.Columns.Where(name => !IsOther(name, options))];
        _columns = [.. Names.Select(table.Require)];
        if (_list is not null || _columns.Length is >= 1 and <= MostNumbers) return;
        throw Errors.BadFile("embedding_columns_unclear", table.File,
            $"{_columns.Length:N0} columns would hold the embedding, but 1 to {MostNumbers:N0} can",
            "Say which do, or write one column of lists to Parquet");
    }

    /// <summary>The columns, one per number; empty if one column holds lists, which for texts is known from the first row on.</summary>
    public IReadOnlyList<string> Names { get; private set; }

    /// <summary>Finds a column that would also be part of the embedding if no columns were named; null if there is none.</summary>
    public string? Extra(ImportOptions options, IReadOnlyList<string> names) =>
        _list is not null ? null : _table.Columns.FirstOrDefault(name => !IsOther(name, options) && !names.Contains(name));

    /// <summary>The embedding of the current row.</summary>
    /// <param name="vector">Receives the embedding; gets the length of the first one.</param>
    /// <exception cref="KindredException">It is of another length, or a number is missing, NaN or infinite.</exception>
    public void Read(ref float[] vector)
    {
        if (!_isKnown) FindTexts();
        if (_list is not null) ReadList(_table.List, ref vector);
        else if (_texts >= 0) ReadText(ref vector);
        else ReadColumns(ref vector);
    }

    // CSV has lists as text: the only column of them, or the named one, is the embedding.
    private void FindTexts()
    {
        _isKnown = true;
        if (_isChosen && _columns.Length > 1) return;
        var texts = Array.FindAll(_columns, column => ListText.Is(_table.Utf8(column)));
        if (texts.Length > 1) throw SeveralLists([.. texts.Select(column => _table.Columns[column])]);
        if (texts is not [var only]) return;
        _texts = only;
        Names = [];
    }

    private void ReadText(ref float[] vector)
    {
        if (_text.Read(_table.Utf8(_texts)) is var (problem, advice)) throw Error($"in the embedding of user {User()} {problem}", advice);
        ReadList(_text.Numbers, ref vector);
    }

    private void ReadColumns(ref float[] vector)
    {
        if (vector.Length == 0) vector = new float[_columns.Length];
        if (vector.Length != _columns.Length) throw WrongLength(_columns.Length, vector.Length);
        for (var k = 0; k < _columns.Length; k++)
        {
            if (!_table.TrySingle(_columns[k], out vector[k]))
            {
                if (DecimalComma.Is(_table.Utf8(_columns[k])))
                {
                    throw _table.Error(_columns[k], DecimalComma.Problem(_table.Utf8(_columns[k])), DecimalComma.Advice,
                        RowProblem.DecimalComma);
                }

                throw _table.Error(_columns[k],
                    $"{TableReader.Shorten(_table.Utf8(_columns[k]))} in the embedding of user {User()} is not a number",
                    "Write numbers like 12 or 0.5; if the column is not part of the embedding, name the columns that are",
                    RowProblem.EmbeddingNotANumber);
            }

            if (float.IsFinite(vector[k])) continue;
            throw _table.Error(_columns[k],
                $"{TableReader.Shorten(_table.Utf8(_columns[k]))} in the embedding of user {User()} is no finite float32",
                Advice, RowProblem.BadEmbedding);
        }
    }

    private void ReadList(ReadOnlySpan<float> list, ref float[] vector)
    {
        if (list.Length is < 1 or > MostNumbers && vector.Length == 0)
        {
            throw Error($"the embedding of user {User()} has {list.Length:N0} numbers", $"Embeddings have 1 to {MostNumbers:N0}");
        }

        if (vector.Length == 0) vector = new float[list.Length];
        if (list.Length != vector.Length) throw WrongLength(list.Length, vector.Length);
        for (var k = 0; k < list.Length; k++)
        {
            if (!float.IsFinite(list[k]))
            {
                throw Error($"number {k + 1} in the embedding of user {User()} is missing, NaN, infinite or beyond float32", Advice);
            }
        }

        list.CopyTo(vector);
    }

    private const string Advice = "Delete the row, or replace the value: a division by zero or an overflow in training is the usual cause";

    private KindredException WrongLength(int found, int expected) =>
        Error($"the embedding of user {User()} has {found:N0} numbers, but that of the first row {expected:N0}",
            "All users must be embedded in the same space: export them again");

    private KindredException SeveralLists(IReadOnlyList<string> names) => Errors.BadFile("several_list_columns", _table.File,
        $"there are {names.Count} columns of lists ({string.Join(", ", names.Take(20).Select(name => $"'{name}'"))})",
            "Say which holds the embedding");

    private KindredException Error(string problem, string advice) => _texts >= 0
        ? _table.Error(_texts, problem, advice, RowProblem.BadEmbedding)
        : new RowException(RowProblem.BadEmbedding, _table.File, _table.Line, null, $"{_table.Place}: {problem}.", $"{advice}.")
        {
            LineName = _table.LineName,
            Values = new Dictionary<string, object?> { ["file"] = _table.File, [_table.LineName] = _table.Line },
        };

    private string User() => TableReader.Shorten(_table.Id(_user));

    private IEnumerable<string> Expand(string name)
    {
        if (name.Split("..") is not [{ Length: > 0 } first, { Length: > 0 } last] || _table.Columns.Contains(name)) return [name];
        var (from, to) = (_table.Require(first), _table.Require(last));
        if (from <= to) return _table.Columns.Skip(from).Take(to - from + 1);
        throw new KindredException(ErrorKind.BadInput, "columns_reversed",
            $"{_table.File}: line {_table.HeaderLine}: column '{first}' comes after '{last}'.", $"Write {last}..{first}.")
        {
            Values = new Dictionary<string, object?> { ["file"] = _table.File, ["first"] = last, ["last"] = first },
        };
    }

    // Columns with usual names are not part of it, even if others were named for users.
    private static bool IsOther(string name, ImportOptions options) =>
        name == options.UserColumn || name == options.CountryColumn || name == options.ActiveColumn || name == options.CountColumn
        || name is ColumnNames.DefaultCountry or ColumnNames.DefaultActive;
}
