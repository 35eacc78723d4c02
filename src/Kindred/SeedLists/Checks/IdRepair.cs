using System.Text;

namespace Kindred.SeedLists.Checks;

/// <summary>Brings an id to a form without one kind of difference.</summary>
/// <param name="id">1 to 128 bytes.</param>
/// <param name="form">Receives the form.</param>
/// <returns>Its length; 0 if the repair does not apply to the id.</returns>
internal delegate int IdForm(ReadOnlySpan<byte> id, Span<byte> form);

/// <summary>A possible difference between ids of a list and of a population: they match if their forms are equal.</summary>
/// <param name="Cause">The cause that it would reveal.</param>
/// <param name="OfList">Brings ids of the list to the common form.</param>
/// <param name="OfPopulation">Brings ids of the population to it.</param>
internal sealed record IdRepair(IdCause Cause, IdForm OfList, IdForm OfPopulation)
{
    /// <summary>The longest form of an id: letters may grow when their case is changed.</summary>
    public const int MaxForm = 512;

    /// <summary>All repairs that are tried; the first of equally good ones counts.</summary>
    public static IReadOnlyList<IdRepair> All { get; } =
    [
        Same(IdCause.LetterCase, Lower),
        Same(IdCause.WhiteSpace, (id, form) => Keep(id, form, rune => !Rune.IsWhiteSpace(rune))),
        Same(IdCause.Fraction, WithoutFraction),
        Same(IdCause.LeadingZeros, WithoutLeadingZeros),
        Same(IdCause.EmailForm, Email),
        Same(IdCause.Punctuation, LettersAndDigits),
        .. Hashes(IdHashFunction.Sha256, IdCause.ListIsSha256, IdCause.PopulationIsSha256),
        .. Hashes(IdHashFunction.Sha1, IdCause.ListIsSha1, IdCause.PopulationIsSha1),
        .. Hashes(IdHashFunction.Md5, IdCause.ListIsMd5, IdCause.PopulationIsMd5),
    ];

    private static IdRepair Same(IdCause cause, IdForm form) => new(cause, form, form);

    private static IEnumerable<IdRepair> Hashes(IdHashFunction function, IdCause ofList, IdCause ofPopulation)
    {
        var hash = new IdHash(function);
        int Hashed(ReadOnlySpan<byte> id, Span<byte> form)
        {
            hash.Of(id, form);
            return hash.Bytes;
        }

        int Written(ReadOnlySpan<byte> id, Span<byte> form) => hash.TryRead(id, form) ? hash.Bytes : 0;
        return [new IdRepair(ofList, Written, Hashed), new IdRepair(ofPopulation, Hashed, Written)];
    }

    private static int Lower(ReadOnlySpan<byte> id, Span<byte> form)
    {
        if (Ascii.IsValid(id)) return Ascii.ToLower(id, form, out var written) == System.Buffers.OperationStatus.Done ? written : 0;
        return Encoding.UTF8.TryGetBytes(Encoding.UTF8.GetString(id).ToLowerInvariant(), form, out var length) ? length : 0;
    }

    private static int Keep(ReadOnlySpan<byte> id, Span<byte> form, Predicate<Rune> keep)
    {
        var length = 0;
        while (!id.IsEmpty)
        {
            Rune.DecodeFromUtf8(id, out var rune, out var bytes);
            if (keep(rune))
            {
                id[..bytes].CopyTo(form[length..]);
                length += bytes;
            }

            id = id[bytes..];
        }

        return length;
    }

    private static int LettersAndDigits(ReadOnlySpan<byte> id, Span<byte> form)
    {
        Span<byte> lower = stackalloc byte[MaxForm];
        var length = Lower(id, lower);
        return Keep(lower[..length], form, Rune.IsLetterOrDigit);
    }

    private static int WithoutFraction(ReadOnlySpan<byte> id, Span<byte> form)
    {
        var point = id.IndexOf((byte)'.');
        if (point > 0 && point < id.Length - 1 && !id[(point + 1)..].ContainsAnyExcept((byte)'0')) id = id[..point];
        if (id.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return 0;
        id.CopyTo(form);
        return id.Length;
    }

    private static int WithoutLeadingZeros(ReadOnlySpan<byte> id, Span<byte> form)
    {
        var length = 0;
        for (var i = 0; i < id.Length; i++)
        {
            var inNumber = length > 0 && char.IsAsciiDigit((char)form[length - 1]);
            var more = i + 1 < id.Length && char.IsAsciiDigit((char)id[i + 1]);
            if (id[i] == '0' && !inNumber && more) continue;
            form[length++] = id[i];
        }

        return length;
    }

    private static int Email(ReadOnlySpan<byte> id, Span<byte> form)
    {
        Span<byte> lower = stackalloc byte[MaxForm];
        ReadOnlySpan<byte> text = lower[..Lower(id, lower)];
        var at = text.LastIndexOf((byte)'@');
        if (at < 0) return 0;
        ReadOnlySpan<byte> name = text[..at], domain = text[at..];
        if (name.IndexOf((byte)'+') is > 0 and var tag) name = name[..tag];
        var gmail = domain.SequenceEqual("@gmail.com"u8) || domain.SequenceEqual("@googlemail.com"u8);
        var length = gmail ? Keep(name, form, rune => rune.Value != '.') : Keep(name, form, _ => true);
        if (gmail) domain = "@gmail.com"u8;
        domain.CopyTo(form[length..]);
        return length + domain.Length;
    }
}
