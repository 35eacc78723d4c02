namespace Kindred.Data.Experiments;

/// <summary>The segment columns of a batch, for one thread.</summary>
internal sealed class SegmentColumns
{
    private readonly SegmentCodes _codes;
    private readonly Dictionary<(int, int), int>[] _known;

    public SegmentColumns(SegmentCodes codes)
    {
        _codes = codes;
        Columns = [.. codes.Values.Select(values => new CodeColumn(values))];
        _known = [.. codes.Values.Select(_ => new Dictionary<(int, int), int>())];
    }

    public IReadOnlyList<CodeColumn> Columns { get; }

    /// <summary>The number of a row's combination of values.</summary>
    public int Of(int row)
    {
        var code = 0;
        for (var dimension = 0; dimension < _known.Length; dimension++)
        {
            var value = Columns[dimension].Codes[row];
            if (code == 0 && value == CodeColumn.None) continue;
            if (!_known[dimension].TryGetValue((code, value), out var next))
            {
                next = _known[dimension][(code, value)] = _codes.Of(dimension, code, value);
            }
            code = next;
        }

        return code;
    }
}
