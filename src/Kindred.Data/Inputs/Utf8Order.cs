using System.Text;

namespace Kindred.Data.Inputs;

/// <summary>Compares texts by their UTF-8 bytes, the order of everything that Kindred writes.</summary>
/// <remarks>Ordinal comparison of .NET strings is by UTF-16 and differs beyond U+FFFF.</remarks>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
