using System.Globalization;
using System.Text;
using Kindred.Data.Batches;
using Kindred.Data.Values;
using Kindred.Experiments.Reduction;
using Kindred.Ids;

namespace Kindred.Data.Experiments;

/// <summary>A column of numbers, each as a <see cref="RecordValue"/>.</summary>
/// <param name="decimalComma">True if they have a decimal comma.</param>
internal sealed class ValueColumn(bool decimalComma) : BatchColumn
{
    // Further words for a missing value, which may be ids: NA of R, and none.
    private static readonly byte[][] _empty = [.. new[] { "NA", "N/A", "NULL", "NONE" }.Select(Encoding.UTF8.GetBytes)];

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
            : TryNumber(utf8, out var number) ? RecordValue.Of(number)
            // The form in which Parquet stores booleans.
            : Ascii.EqualsIgnoreCase(utf8, "true"u8) ? 1
            : Ascii.EqualsIgnoreCase(utf8, "false"u8) ? 0
            : IsEmpty(utf8) ? RecordValue.Empty
            : RecordValue.NotANumber;

    private bool TryNumber(ReadOnlySpan<byte> utf8, out double number) => decimalComma
        ? DecimalComma.TryParse(utf8, out number)
        : double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool IsEmpty(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.Trim((byte)' ');
        return text.IsEmpty || IdText.IsMissingWord(text) || IsWord(text);
    }

    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        foreach (var word in _empty)
        {
            if (Ascii.EqualsIgnoreCase(text, word)) return true;
        }

        return false;
    }

    /// <summary>Marks the column as missing in the table.</summary>
    public void Clear() => Array.Fill(_values, RecordValue.Empty);
}
