using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kindred.Fuzz;

/// <summary>Damages bytes as real files get damaged, and in ways that break parsers.</summary>
/// <param name="random">The source of all random choices; the same seed gives the same bytes.</param>
/// <param name="tokens">Text fragments that have a meaning in the format.</param>
public sealed class Mutator(Random random, IReadOnlyList<string> tokens)
{
    private const int MostBytes = 1 << 18;

    private static readonly string[] _numbers =
    [
        "0", "-1", "1", "-0", "127", "128", "255", "256", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "-2147483648",
        "4294967295", "4294967296",
        "9007199254740993", "4611686018427387904", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "1e308", "1e309", "-1e309", "1e-320",
        "NaN", "Infinity", "-Infinity", "0x10", "1_000", "1.", ".5", "+1", "00001", "1e", "99999999999999999999999999999999999999",
    ];

    private static readonly long[] _integers =
        [0, 1, -1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 62,
            long.MaxValue, long.MinValue, 8, 64, 1024, 1 << 20, 1 << 30];

    /// <summary>Returns a copy of the bytes, damaged once or a few times.</summary>
    /// <param name="bytes">The bytes to damage; they are not modified.</param>
    /// <param name="other">Bytes of another file of the same kind, for splicing.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        // Mostly once, because a reader refuses bytes with several defects at the first one.
        for (var times = random.Next(4) == 0 ? 2 + random.Next(6) : 1; times > 0; times--)
        {
            bytes = Once(bytes, other);
            if (bytes.Length > MostBytes) bytes = bytes[..MostBytes];
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes, byte[] other)
    {
        var at = Position(bytes.Length);
        var length = Math.Min(Length(), bytes.Length - at);
        switch (random.Next(18))
        {
            case 0:
                return bytes[..at];
            case 1:
                return bytes[at..];
            case 2:
                return Replace(bytes, at, length, []);
            case 3:
                return Replace(bytes, at, 0, RandomBytes(Length()));
            case 4:
                return Replace(bytes, at, length, RandomBytes(length));
            case 5:
                return Replace(bytes, at, 0, bytes[at..(at + length)]);
            case 6:
                return Replace(bytes, at, 0, Repeated(bytes[at..(at + length)]));
            case 7:
                {
                    var from = Position(other.Length);
                    return Replace(bytes, at, length, other[from..Math.Min(other.Length, from + Length() * 4)]);
                }

            case 8:
                return [.. bytes[..at], .. other[Position(other.Length)..]];
            case 9:
            case 10:
                return Replace(bytes, at, random.Next(2) == 0 ? 0 : length, Encoding.UTF8.GetBytes(Token()));
            case 11:
            case 12:
                return WithNumber(bytes, at);
            case 13:
                return WithInteger(bytes, at);
            case 14:
                return Swapped(bytes);
            case 15:
                return bytes.Length == 0 ? bytes : Replace(bytes, Math.Min(at, bytes.Length - 1), 1, [(byte)random.Next(256)]);
            default:
                return Flipped(bytes, at);
        }
    }

    // Prefer the start and end, which hold headers and footers.
    private int Position(int length) => length == 0 ? 0 : random.Next(4) switch
    {
        0 => random.Next(Math.Min(length, 64) + 1),
        1 => length - random.Next(Math.Min(length, 64) + 1),
        _ => random.Next(length + 1),
    };

    private int Length() => random.Next(4) switch { 0 => 1, 1 => 1 + random.Next(8), 2 => 1 + random.Next(64), _ => 1 + random.Next(512) };

    private string Token() =>
        tokens.Count > 0 && random.Next(3) > 0 ? tokens[random.Next(tokens.Count)] : _numbers[random.Next(_numbers.Length)];

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Repeated(byte[] block)
    {
        var times = random.Next(8) == 0 ? 1 + random.Next(4000) : 1 + random.Next(16);
        return block.Length == 0 ? [] : [.. Enumerable.Repeat(block, Math.Min(times, MostBytes / block.Length)).SelectMany(bytes => bytes)];
    }

    private byte[] Flipped(byte[] bytes, int at)
    {
        if (bytes.Length == 0) return bytes;
        bytes = [.. bytes];
        bytes[Math.Min(at, bytes.Length - 1)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    // Replaces the next number in text form.
    private byte[] WithNumber(byte[] bytes, int at)
    {
        var start = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0) return Flipped(bytes, at);
        start += at;
        var length = bytes.AsSpan(start).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 0) length = bytes.Length - start;
        var near = long.TryParse(Encoding.ASCII.GetString(bytes, start, length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && random.Next(3) == 0;
        var text = near
            ? unchecked(number + random.Next(-2, 3)).ToString(CultureInfo.InvariantCulture)
            : _numbers[random.Next(_numbers.Length)];
        return Replace(bytes, start, length, Encoding.ASCII.GetBytes(text));
    }

    // Numbers of binary headers and arrays.
    private byte[] WithInteger(byte[] bytes, int at)
    {
        var width = 1 << random.Next(4);
        if (bytes.Length < width) return bytes;
        bytes = [.. bytes];
        if (random.Next(2) == 0) at = at / width * width;
        at = Math.Min(at, bytes.Length - width);
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, _integers[random.Next(_integers.Length)]);
        value[..width].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private byte[] Swapped(byte[] bytes)
    {
        if (bytes.Length < 2) return bytes;
        int[] cuts = [random.Next(bytes.Length + 1), random.Next(bytes.Length + 1), random.Next(bytes.Length + 1)];
        Array.Sort(cuts);
        return [.. bytes[..cuts[0]], .. bytes[cuts[1]..cuts[2]], .. bytes[cuts[0]..cuts[1]], .. bytes[cuts[2]..]];
    }

    private static byte[] Replace(byte[] bytes, int at, int length, byte[] by) => [.. bytes[..at], .. by, .. bytes[(at + length)..]];
}
