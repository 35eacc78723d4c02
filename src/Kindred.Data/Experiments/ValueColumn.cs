using System.Globalization;
using System.Text;
using Kindred.Data.Tables;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Numbers, as the <see cref="RecordValue"/> that each cell is.</summary>
internal sealed class ValueColumn : BatchColumn
{
    private readonly double[] _values = new double[TableBatch.Capacity];

    /// <summary>[rows] the values.</summary>
    public ReadOnlySpan<double> Values => _values;

    public override bool TakesNumbers => true;

    public override void SetNumbers(int firstRow, ReadOnlySpan<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++) _values[firstRow + i] = RecordValue.Of(numbers[i]);
    }

    public override void Set(int row, ReadOnlySpan<byte> utf8) =>
        _values[row] = utf8.IsEmpty ? RecordValue.Empty
            : utf8.Length == 1 && utf8[0] is >= (byte)'0' and <= (byte)'9' ? utf8[0] - '0'
            : double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? RecordValue.Of(number)
            // As Parquet stores what is yes or no.
            : Ascii.EqualsIgnoreCase(utf8, "true"u8) ? 1
            : Ascii.EqualsIgnoreCase(utf8, "false"u8) ? 0
            : RecordValue.NotANumber;

    /// <summary>Says that the table has no such column.</summary>
    public void Clear() => Array.Fill(_values, RecordValue.Empty);
}
