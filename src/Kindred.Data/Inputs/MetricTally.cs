using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Computes the <see cref="MetricRange"/> of one column and list.</summary>
internal sealed class MetricTally
{
    private long _values, _missing, _bad;
    private float _least = float.PositiveInfinity, _most = float.NegativeInfinity;
    private bool _fractional;

    public void Add(TableReader table, int column)
    {
        if (table.Utf8(column).IsEmpty) _missing++;
        else if (!table.TrySingle(column, out var value))
        {
            if (table.IsMissing(table.Utf8(column))) _missing++;
            else _bad++;
        }
        else if (!float.IsFinite(value)) _bad++;
        else
        {
            _values++;
            if (value < 0) _bad++;
            _least = Math.Min(_least, value);
            _most = Math.Max(_most, value);
            _fractional |= value is > 0 and < 1;
        }
    }

    /// <summary>The range, or null if the column does not hold numbers.</summary>
    public MetricRange? Of(string column) => _values == 0 || _values < _bad ? null
        : new MetricRange(column, _values, _missing, _bad, _least, _most, _fractional && _least >= 0 && _most <= 1 ? WeightScale.Rate
            : WeightScale.Count);
}
