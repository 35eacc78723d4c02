using System.Globalization;
using System.Text;
using Kindred.Data.Tables;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>A column of numbers, each as a <see cref="RecordValue"/>.</summary>
internal sealed class ValueColumn : BatchColumn
{
    // Databases, R and Python write a missing value in these ways.
    private static readonly byte[][] _empty = [.. new[] { "NULL", @"\N", "NA", "N/A", "None" }.Select(Encoding.UTF8.GetBytes)];

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
            // The form in which Parquet stores booleans.
            : Ascii.EqualsIgnoreCase(utf8, "true"u8) ? 1
            : Ascii.EqualsIgnoreCase(utf8, "false"u8) ? 0
            : IsEmpty(utf8) ? RecordValue.Empty
            : RecordValue.NotANumber;

    private static bool IsEmpty(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.Trim((byte)' ');
        if (text.IsEmpty) return true;
        foreach (var empty in _empty)
        {
            if (Ascii.EqualsIgnoreCase(text, empty)) return true;
        }

        return false;
    }

    /// <summary>Marks the column as missing in the table.</summary>
    public void Clear() => Array.Fill(_values, RecordValue.Empty);
}
