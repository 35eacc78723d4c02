using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Kindred.Data.Folders;

namespace Kindred.Data.Tables;

/// <summary>Writes CSV (RFC 4180) in UTF-8 with line feeds, compressed or not.</summary>
internal sealed class CsvTableWriter : TableWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r\n"u8);

    private readonly string _file;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    private CsvTableWriter(string file, Stream stream, IReadOnlyList<TableColumn> columns)
        : base(columns)
    {
        _file = file;
        _stream = stream;
        for (var i = 0; i < columns.Count; i++) WriteText(i, Encoding.UTF8.GetBytes(columns[i].Name));
        Append("\n"u8);
    }

    public static CsvTableWriter CreateFile(string file, IReadOnlyList<TableColumn> columns, bool gzip) => OutputErrors.Guard(file, () =>
    {
        Stream stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        // The stream's own header carries neither time nor name.
        return new CsvTableWriter(file, gzip ? new GZipStream(stream, CompressionLevel.Optimal) : stream, columns);
    });

    public override void Complete() => OutputErrors.Guard(_file, () =>
    {
        FlushBuffer();
        _stream.Dispose();
    });

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        try
        {
            OutputErrors.Guard(_file, _stream.Dispose);
        }
        catch (KindredException)
        {
            // Without Complete the file is abandoned, usually because of an error that this one must not hide.
        }
    }

    protected override void WriteText(int column, ReadOnlySpan<byte> utf8)
    {
        Separate(column);
        if (!utf8.ContainsAny(Special))
        {
            Append(utf8);
            return;
        }

        Append("\""u8);
        int quote;
        while ((quote = utf8.IndexOf((byte)'"')) >= 0)
        {
            Append(utf8[..(quote + 1)]);
            Append("\""u8);
            utf8 = utf8[(quote + 1)..];
        }

        Append(utf8);
        Append("\""u8);
    }

    protected override void WriteFloat32(int column, float value)
    {
        Separate(column);
        Reserve(64);
        value.TryFormat(_buffer.AsSpan(_used), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    protected override void WriteInt32(int column, int value) => WriteInt64(column, value);

    protected override void WriteInt64(int column, long value)
    {
        Separate(column);
        Reserve(64);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    protected override void WriteUInt8(int column, byte value) => WriteInt64(column, value);

    protected override void WriteNull(int column) => Separate(column);

    protected override void FinishRow() => Append("\n"u8);

    private void Separate(int column)
    {
        if (column > 0) Append(","u8);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _buffer.Length - _used)
        {
            var part = _buffer.Length - _used;
            bytes[..part].CopyTo(_buffer.AsSpan(_used));
            _used += part;
            bytes = bytes[part..];
            OutputErrors.Guard(_file, FlushBuffer);
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes) OutputErrors.Guard(_file, FlushBuffer);
    }

    private void FlushBuffer()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
