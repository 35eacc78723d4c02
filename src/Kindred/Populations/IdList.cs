using System.Text;

namespace Kindred.Populations;

/// <summary>Many ids of 1 to 128 UTF-8 bytes, stored end to end.</summary>
/// <remarks>Two allocations for any number of ids; the same two arrays in a file and in memory.</remarks>
/// <param name="utf8">The bytes of all ids, one after another.</param>
/// <param name="offsets">[count + 1] where each id starts in <paramref name="utf8"/>; the last entry is its length.</param>
public sealed class IdList(ReadOnlyMemory<byte> utf8, ReadOnlyMemory<long> offsets)
{
    /// <summary>The longest id that is accepted, in UTF-8 bytes.</summary>
    public const int MaxBytes = 128;

    /// <summary>A list without ids.</summary>
    public static IdList Empty { get; } = new(default, new long[1]);

    /// <summary>The bytes of all ids, one after another.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>[count + 1] where each id starts.</summary>
    public ReadOnlyMemory<long> Offsets { get; } = offsets;

    /// <summary>The number of ids.</summary>
    public int Count => Offsets.Length - 1;

    /// <summary>The UTF-8 bytes of one id.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var offsets = Offsets.Span;
            var start = (int)offsets[index];
            return Utf8.Span[start..(int)offsets[index + 1]];
        }
    }

    /// <summary>One id as text.</summary>
    public string GetString(int index) => Encoding.UTF8.GetString(this[index]);

    /// <summary>Makes a list of the given ids, in the given order.</summary>
    public static IdList From(IEnumerable<string> ids)
    {
        var bytes = new List<byte>();
        var offsets = new List<long> { 0 };
        foreach (var id in ids)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(id));
            offsets.Add(bytes.Count);
        }

        return new IdList(bytes.ToArray(), offsets.ToArray());
    }

    /// <summary>The ids at <paramref name="order"/>, in that order.</summary>
    public IdList Select(ReadOnlySpan<int> order)
    {
        var offsets = new long[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            offsets[i + 1] = offsets[i] + this[order[i]].Length;
        }

        var bytes = new byte[offsets[^1]];
        for (var i = 0; i < order.Length; i++)
        {
            this[order[i]].CopyTo(bytes.AsSpan((int)offsets[i]));
        }

        return new IdList(bytes, offsets);
    }
}
