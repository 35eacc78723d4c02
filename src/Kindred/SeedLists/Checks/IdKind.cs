using System.Buffers;

namespace Kindred.SeedLists.Checks;

/// <summary>Recognises e-mail addresses and phone numbers by the form of ids.</summary>
internal static class IdKind
{
    // ITU-T E.164: up to 15 digits. With fewer than nine it may be a date or a short number of anything.
    private const int FewestDigits = 9, MostDigits = 15;

    private static readonly SearchValues<byte> OfPhones = SearchValues.Create("0123456789+-()./ "u8);

    private const double Most = 0.8, Few = 0.2;

    /// <summary>The kind of most ids of a list and of few ids of a population; null if there is none.</summary>
    /// <param name="list">Ids of the list.</param>
    /// <param name="population">Ids of the population.</param>
    public static IdCause? Of(IReadOnlyList<ReadOnlyMemory<byte>> list, IReadOnlyList<ReadOnlyMemory<byte>> population)
    {
        if (Differ(IsEmail)) return IdCause.EmailAddresses;
        return Differ(IsPhone) ? IdCause.PhoneNumbers : null;

        bool Differ(Func<ReadOnlySpan<byte>, bool> kind) => Share(list, kind) >= Most && Share(population, kind) <= Few;
    }

    private static double Share(IReadOnlyList<ReadOnlyMemory<byte>> ids, Func<ReadOnlySpan<byte>, bool> kind) =>
        ids.Count == 0 ? 0 : (double)ids.Count(id => kind(id.Span)) / ids.Count;

    private static bool IsEmail(ReadOnlySpan<byte> id)
    {
        var at = id.LastIndexOf((byte)'@');
        return at > 0 && id[(at + 1)..].LastIndexOf((byte)'.') is > 0 and var point && point < id.Length - at - 2
            && !id.ContainsAny(" \t,;"u8);
    }

    // Digits alone may be any number: a phone number is recognised by the characters before or between them.
    private static bool IsPhone(ReadOnlySpan<byte> id)
    {
        if (id.ContainsAnyExcept(OfPhones)) return false;
        var digits = 0;
        foreach (var letter in id) digits += char.IsAsciiDigit((char)letter) ? 1 : 0;
        return digits is >= FewestDigits and <= MostDigits && (digits < id.Length || id.StartsWith("00"u8))
            && id.LastIndexOf((byte)'+') <= 0;
    }
}
