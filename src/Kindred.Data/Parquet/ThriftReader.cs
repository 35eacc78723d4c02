
namespace Kindred.Data.Parquet;

/// <summary>Reads structures of Thrift's compact protocol, which headers and footers of Parquet files use.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    public const int Int32 = 5;
    public const int Int64 = 6;
    public const int List = 9;
    public const int Struct = 12;

    private const int MostNested = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bytes read.</summary>
    public int At { get; private set; }

    /// <summary>Reads the number and kind of the next field; a kind of 0 ends the structure.</summary>
    public bool TryField(ref int id, out int type)
    {
        type = 0;
        if (At >= _bytes.Length) return false;
        var first = _bytes[At++];
        type = first & 15;
        if (type == 0) return true;
        if (first >> 4 > 0)
        {
            id += first >> 4;
            return true;
        }

        if (!TryNumber(out var number)) return false;
        id = (int)number;
        return true;
    }

    /// <summary>Reads an integer, whose sign is in its lowest bit.</summary>
    public bool TryNumber(out long number)
    {
        var read = TryUnsigned(out var value);
        number = (long)(value >> 1) ^ -(long)(value & 1);
        return read;
    }

    /// <summary>Reads the length of a list and the kind of its elements, which have at least one byte each.</summary>
    public bool TryList(out int count, out int type)
    {
        (count, type) = (0, 0);
        if (At >= _bytes.Length) return false;
        var first = _bytes[At++];
        type = first & 15;
        var length = (ulong)(first >> 4);
        if (length == 15 && !TryUnsigned(out length)) return false;
        if (length > (ulong)(_bytes.Length - At)) return false;
        count = (int)length;
        return true;
    }

    /// <summary>Skips a value.</summary>
    public bool TrySkip(int type, int depth = 0)
    {
        switch (type)
        {
            case 1 or 2:
                return true;
            case 3:
                return TryPass(1);
            case 4 or Int32 or Int64:
                return TryUnsigned(out _);
            case 7:
                return TryPass(8);
            case 8:
                return TryUnsigned(out var length) && length <= int.MaxValue && TryPass((int)length);
            case List or 10 when depth < MostNested:
                return TryList(out var count, out var element) && TrySkipElements(element, count, depth);
            case Struct when depth < MostNested:
                for (var id = 0; ;)
                {
                    if (!TryField(ref id, out var inner)) return false;
                    if (inner == 0) return true;
                    if (!TrySkip(inner, depth + 1)) return false;
                }

            default:
                // Parquet has no maps.
                return false;
        }
    }

    private bool TrySkipElements(int type, int count, int depth)
    {
        for (var i = 0; i < count; i++)
        {
            // In a list, a flag has a byte of its own.
            if (type is 1 or 2 ? !TryPass(1) : !TrySkip(type, depth + 1)) return false;
        }

        return true;
    }

    private bool TryPass(int count)
    {
        if (count > _bytes.Length - At) return false;
        At += count;
        return true;
    }

    private bool TryUnsigned(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && At < _bytes.Length; shift += 7)
        {
            var part = _bytes[At++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return true;
        }

        return false;
    }
}
