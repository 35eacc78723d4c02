using System.Globalization;
using System.Text;
using Kindred.Ids;
using Kindred.Populations;

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
/// <param name="Normalization">The normalisation of ids that mends it; none if none does.</param>
internal sealed record IdRepair(IdCause Cause, IdForm OfList, IdForm OfPopulation, IdForms Normalization = IdForms.None)
{
    // Spreadsheets keep 15 digits of a number.
    private const int DigitsOfSpreadsheets = 15;

    // Scientific notation shows three digits or more.
    private const int DigitsOfScientific = 3;

    /// <summary>The longest form of an id: letters may grow when their case is changed.</summary>
    public const int MaxForm = 512;

    /// <summary>All repairs that are tried; the first of equally good ones counts.</summary>
    public static IReadOnlyList<IdRepair> All { get; } =
    [
        Same(IdCause.LetterCase, Lower, IdForms.Lower),
        Same(IdCause.UnicodeForm, Composed, IdForms.Nfc),
        Same(IdCause.WhiteSpace, (id, form) => Keep(id, form, rune => !IdText.IsEdge(rune)), IdForms.Trim),
        Same(IdCause.Fraction, WithoutFraction, IdForms.Digits),
        Same(IdCause.LeadingZeros, WithoutLeadingZeros),
        Same(IdCause.Prefix, WithoutPrefix),
        new IdRepair(IdCause.Rounded, TruncatedDigits, FirstDigits),
        new IdRepair(IdCause.Rounded, AsDouble, AsDouble),
        new IdRepair(IdCause.ScientificNotation, Scientific, LeadingDigits),
        Same(IdCause.EmailForm, Email),
        Same(IdCause.Punctuation, LettersAndDigits),
        .. Hashes(IdHashFunction.Sha256, IdCause.ListIsSha256, IdCause.PopulationIsSha256),
        .. Hashes(IdHashFunction.Sha1, IdCause.ListIsSha1, IdCause.PopulationIsSha1),
        .. Hashes(IdHashFunction.Md5, IdCause.ListIsMd5, IdCause.PopulationIsMd5),
    ];

    private static IdRepair Same(IdCause cause, IdForm form, IdForms normalization = IdForms.None) => new(cause, form, form, normalization);

    private static IEnumerable<IdRepair> Hashes(IdHashFunction function, IdCause ofList, IdCause ofPopulation)
    {
        var hash = new IdHash(function);
        int Hashed(ReadOnlySpan<byte> id, Span<byte> form)
        {
            hash.Of(id, form);
            return hash.Bytes;
        }

        int Written(ReadOnlySpan<byte> id, Span<byte> form) => hash.TryRead(id, form) ? hash.Bytes : 0;
        // Advertising platforms ask for hashes of addresses in lower case without white space around them.
        int HashedLower(ReadOnlySpan<byte> id, Span<byte> form)
        {
            Span<byte> lower = stackalloc byte[MaxForm];
            var length = Lower(IdText.Trim(id), lower);
            if (length is 0 or > IdList.MaxBytes) return 0;
            hash.Of(lower[..length], form);
            return hash.Bytes;
        }

        return
        [
            new IdRepair(ofList, Written, Hashed), new IdRepair(ofList, Written, HashedLower, IdForms.Trim | IdForms.Lower),
            new IdRepair(ofPopulation, Hashed, Written), new IdRepair(ofPopulation, HashedLower, Written, IdForms.Trim | IdForms.Lower),
        ];
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

    private static int Composed(ReadOnlySpan<byte> id, Span<byte> form)
    {
        var text = Encoding.UTF8.GetString(id);
        return Encoding.UTF8.TryGetBytes(CanonicalComposition.Of(text), form, out var length) ? length : 0;
    }

    /// <summary>The number at the end of an id, without letters and signs before it and without zeros in front.</summary>
    private static int WithoutPrefix(ReadOnlySpan<byte> id, Span<byte> form)
    {
        var end = id.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (id[..(end + 1)].ContainsAnyInRange((byte)'0', (byte)'9')) return 0;
        var digits = id[(end + 1)..].TrimStart((byte)'0');
        digits.CopyTo(form);
        return digits.Length;
    }

    /// <summary>The first digits of a long number whose others are zeros, and its length.</summary>
    private static int TruncatedDigits(ReadOnlySpan<byte> id, Span<byte> form) =>
        id.Length > DigitsOfSpreadsheets && id[DigitsOfSpreadsheets..].ContainsAnyExcept((byte)'0') ? 0 : FirstDigits(id, form);

    private static int FirstDigits(ReadOnlySpan<byte> id, Span<byte> form)
    {
        if (id.Length <= DigitsOfSpreadsheets || id.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return 0;
        id[..DigitsOfSpreadsheets].CopyTo(form);
        form[DigitsOfSpreadsheets] = (byte)id.Length;
        return DigitsOfSpreadsheets + 1;
    }

    /// <summary>A number with more digits than a float64 keeps, as that float64.</summary>
    private static int AsDouble(ReadOnlySpan<byte> id, Span<byte> form)
    {
        const double exactBelow = 1L << 53;
        if (!double.TryParse(id, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return 0;
        if (number is < exactBelow or double.PositiveInfinity) return 0;
        BitConverter.TryWriteBytes(form, number);
        return sizeof(double);
    }

    /// <summary>The first digits of a number such as 1.23E+15, and its length.</summary>
    private static int Scientific(ReadOnlySpan<byte> id, Span<byte> form)
    {
        var at = id.IndexOfAny((byte)'E', (byte)'e');
        if (at <= 0 || at == id.Length - 1) return 0;
        Span<byte> point = stackalloc byte[MaxForm];
        id.Replace(point, (byte)',', (byte)'.');
        return double.TryParse(point[..id.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 1e100 ? Leading(number, form) : 0;
    }

    private static int LeadingDigits(ReadOnlySpan<byte> id, Span<byte> form) =>
        id.ContainsAnyExceptInRange((byte)'0', (byte)'9') || id[0] == '0'
            || !double.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? 0 : Leading(number, form);

    private static int Leading(double number, Span<byte> form) =>
        number.TryFormat(form, out var length, $"E{DigitsOfScientific - 1}", CultureInfo.InvariantCulture) ? length : 0;

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
