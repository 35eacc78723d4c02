using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kindred.Data.Numpy;

/// <summary>The header of a NumPy file: type of its elements and shape.</summary>
/// <param name="Type">NumPy's name of the type, such as <c>&lt;f4</c>.</param>
/// <param name="Shape">Length along each axis.</param>
internal sealed partial record NpyHeader(string Type, IReadOnlyList<long> Shape)
{
    private const int Prefix = 10;
    private const int Alignment = 64;
    private const int MostBytes = 1 << 16;

    /// <summary>The offset of the data.</summary>
    public int DataOffset { get; private init; }

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, length) => checked(product * length));

    public static string TypeName<T>() => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => "<f4",
        TypeCode.Byte => "|u1",
        TypeCode.Int32 => "<i4",
        TypeCode.Int64 => "<i8",
        _ => throw new NotSupportedException($"NumPy files hold float, byte, int or long here, not {typeof(T).Name}."),
    };

    /// <summary>Encodes the header in version 1.0, padded so that the data starts at a multiple of 64 bytes.</summary>
    public byte[] Encode()
    {
        var shape = string.Concat(Shape.Select(length => length.ToString(CultureInfo.InvariantCulture) + ", "));
        // NumPy writes (3, 4) but (3,).
        shape = Shape.Count == 1 ? shape.TrimEnd(' ') : shape.TrimEnd(' ', ',');
        var text = $"{{'descr': '{Type}', 'fortran_order': False, 'shape': ({shape}), }}";
        var length = (Prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        WriteMagic(bytes, length - Prefix);
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(Prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads a header of version 1, 2 or 3; null if it is not one.</summary>
    public static NpyHeader? Decode(Stream stream)
    {
        var prefix = new byte[12];
        if (stream.ReadAtLeast(prefix, Prefix, throwOnEndOfStream: false) < Prefix || !prefix.AsSpan(0, 6).SequenceEqual(Magic))
        {
            return null;
        }

        var wide = prefix[6] > 1;
        if (prefix[6] is 0 or > 3) return null;
        var start = wide ? 12 : Prefix;
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(8))
            : BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(8));
        if (length > MostBytes) return null;
        stream.Position = start;
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) return null;
        return Parse(Encoding.UTF8.GetString(bytes), start + (int)length);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static void WriteMagic(byte[] bytes, int headerLength)
    {
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        bytes[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), checked((ushort)headerLength));
    }

    private static NpyHeader? Parse(string text, int dataOffset)
    {
        var (type, order, shape) = (TypePattern().Match(text), OrderPattern().Match(text), ShapePattern().Match(text));
        if (!type.Success || !order.Success || !shape.Success) return null;
        var lengths = new List<long>();
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
            lengths.Add(length);
        }

        // Fortran order differs only with two or more axes.
        var name = order.Groups[1].Value == "True" && lengths.Count > 1 ? type.Groups[1].Value + " in Fortran order" : type.Groups[1].Value;
        return new NpyHeader(name, lengths) { DataOffset = dataOffset };
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
