namespace Kindred.Data.Parquet;

/// <summary>Reads structures of Thrift's compact protocol, which headers and footers of Parquet files use.</summary>
/// <remarks>It reads the same as the library, or refuses: what is checked here must be what the library reads next.</remarks>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    public const int Int32 = 5;
    public const int Int64 = 6;
    public const int Binary = 8;
    public const int List = 9;
    public const int Struct = 12;

    private const int MostNested = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bytes read.</summary>
    public int At { get; private set; }

    /// <summary>The number of elements of all lists read.</summary>
    public int Elements { get; private set; }

    /// <summary>Reads the number and kind of the next field; a kind of 0 ends the structure.</summary>
    public bool TryField(ref int id, out int type)
    {
        type = 0;
        if (At >= _bytes.Length) return false;
        var first = _bytes[At++];
        type = first & 15;
        if (type == 0) return true;
        // Numbers of fields have 16 bits, and the library drops what is beyond.
        if (first >> 4 > 0)
        {
            id = (short)(id + (first >> 4));
            return true;
        }

        if (!TryNumber(out int number)) return false;
        id = (short)number;
        return true;
    }

    /// <summary>The same, for structures of which no field may be there twice: the library may use another one of them.</summary>
    /// <param name="id">The number of the last field, and then of this one.</param>
    /// <param name="seen">The fields so far, a bit each.</param>
    /// <param name="type">The kind.</param>
    public bool TryOnlyField(ref int id, ref ulong seen, out int type)
    {
        if (!TryField(ref id, out type)) return false;
        if (type == 0 || id is < 0 or > 63) return true;
        var known = (seen & (1UL << id)) != 0;
        seen |= 1UL << id;
        return !known;
    }

    /// <summary>Reads an integer of 64 bits, whose sign is in its lowest bit.</summary>
    public bool TryNumber(out long number)
    {
        var read = TryUnsigned(out var value);
        number = (long)(value >> 1) ^ -(long)(value & 1);
        return read;
    }

    /// <summary>Reads an integer of 32 bits; what is beyond is dropped.</summary>
    public bool TryNumber(out int number)
    {
        var read = TryUnsigned(out var value);
        number = (int)((uint)value >> 1) ^ -(int)(value & 1);
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
        Elements += count;
        return true;
    }

    /// <summary>Reads the length of a text, and passes over it.</summary>
    public bool TryText(out int length)
    {
        var read = TryUnsigned(out var value) && value <= int.MaxValue;
        length = read ? (int)value : 0;
        return read && TryPass(length);
    }

    /// <summary>Skips a list whose elements must be of the given kind: the library reads them as such, whatever the list says.</summary>
    public bool TrySkipList(int element) =>
        TryList(out var count, out var type) && (type == element || count == 0) && TrySkipElements(type, count, 0, numbersOnly: false);

    /// <summary>Skips a value.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="numbersOnly">True if lists inside may only have numbers.</param>
    public bool TrySkip(int type, bool numbersOnly = false) => TrySkip(type, 0, numbersOnly);

    private bool TrySkip(int type, int depth, bool numbersOnly)
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
            case Binary:
                return TryText(out _);
            case List or 10 when depth < MostNested:
                return TryList(out var count, out var element) && (!numbersOnly || element is 4 or Int32 or Int64)
                    && TrySkipElements(element, count, depth, numbersOnly);
            case Struct when depth < MostNested:
                for (var id = 0; ;)
                {
                    if (!TryField(ref id, out var inner)) return false;
                    if (inner == 0) return true;
                    if (!TrySkip(inner, depth + 1, numbersOnly)) return false;
                }

            default:
                // Parquet has no maps.
                return false;
        }
    }

    private bool TrySkipElements(int type, int count, int depth, bool numbersOnly)
    {
        for (var i = 0; i < count; i++)
        {
            // In a list, a flag has a byte of its own.
            if (type is 1 or 2 ? !TryPass(1) : !TrySkip(type, depth + 1, numbersOnly)) return false;
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
