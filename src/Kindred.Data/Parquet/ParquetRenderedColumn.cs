using System.Globalization;
using Kindred.Data.Batches;

namespace Kindred.Data.Parquet;

/// <summary>A column whose values are written as text while they are read, because their bytes are gone after a batch.</summary>
internal sealed class ParquetRenderedColumn<T>(int batchRows, bool holdsIds, ParquetText.Writer<T> write) : ParquetColumn<T>(batchRows)
    where T : unmanaged
{
    private readonly int[] _starts = new int[batchRows + 1];
    private readonly byte[] _text = new byte[ParquetText.MostFixedBytes];
    private byte[] _bytes = new byte[1 << 12];

    public override bool HoldsIds => holdsIds;

    public override ReadOnlySpan<byte> Utf8(int row) => _bytes.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public override bool TryNumber(int row, out double number) =>
        double.TryParse(Utf8(row), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    public override bool TryUnixMilliseconds(int row, out long time)
    {
        time = 0;
        return false;
    }

    protected override void Store(int row, bool present, T value)
    {
        var start = _starts[row];
        var length = present ? write(value, _text) : 0;
        if (start + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(start + length, _bytes.Length * 2));
        _text.AsSpan(0, length).CopyTo(_bytes.AsSpan(start));
        _starts[row + 1] = start + length;
    }

    protected override void Pass(BatchColumn target, int firstRow, ReadOnlySpan<T> values)
    {
        for (var i = 0; i < values.Length; i++) target.Set(firstRow + i, _text.AsSpan(0, write(values[i], _text)));
    }
}
