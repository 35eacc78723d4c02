using System.Globalization;
using System.Text;

namespace Kindred.Ids;

/// <summary>Brings text to Unicode's canonical composition, NFC: é as one character, however it was typed.</summary>
/// <remarks>The algorithm of UAX #15. The runtime has it only with ICU, a library of 30 MB that Kindred does without. The table is read when
/// the first text that is not ASCII comes.</remarks>
internal static class CanonicalComposition
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).
    private const int FirstSyllable = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, FirstTrail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;
    private const int Syllables = Leads * Vowels * Trails;

    private static readonly Lazy<Tables> _tables = new(Tables.Read);

    /// <summary>The text in canonical composition.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var tables = _tables.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(tables, rune.Value, points);
        Order(tables, points);
        Compose(tables, points);
        var composed = new StringBuilder(points.Count);
        foreach (var point in points) composed.Append(new Rune(point).ToString());
        return composed.ToString();
    }

    private static void Decompose(Tables tables, int point, List<int> points)
    {
        if (point - FirstSyllable is >= 0 and < Syllables and var syllable)
        {
            points.Add(FirstLead + (syllable / (Vowels * Trails)));
            points.Add(FirstVowel + (syllable % (Vowels * Trails) / Trails));
            if (syllable % Trails != 0) points.Add(FirstTrail + (syllable % Trails));
        }
        else if (tables.Decompositions.TryGetValue(point, out var parts))
        {
            Decompose(tables, parts.First, points);
            if (parts.Second != 0) points.Add(parts.Second);
        }
        else
        {
            points.Add(point);
        }
    }

    // Marks after a letter are sorted by class; those of one class keep their order.
    private static void Order(Tables tables, List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var kind = tables.ClassOf(points[i]);
            for (var j = i; kind != 0 && j > 0 && tables.ClassOf(points[j - 1]) > kind; j--)
            {
                (points[j - 1], points[j]) = (points[j], points[j - 1]);
            }
        }
    }

    private static void Compose(Tables tables, List<int> points)
    {
        var (starter, kept, before) = (-1, 0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var kind = tables.ClassOf(points[i]);
            // A mark is blocked from its letter by one of its own class, or by another letter.
            var adjacent = starter == kept - 1;
            if (starter >= 0 && (adjacent || (before != 0 && before < kind)) && tables.Pair(points[starter], points[i]) is { } composed)
            {
                points[starter] = composed;
                continue;
            }

            if (kind == 0) starter = kept;
            before = kind;
            points[kept++] = points[i];
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private sealed class Tables
    {
        private readonly Dictionary<(int, int), int> _pairs = [];
        private readonly Dictionary<int, byte> _classes = [];

        public Dictionary<int, (int First, int Second)> Decompositions { get; } = [];

        public byte ClassOf(int point) => _classes.GetValueOrDefault(point);

        public int? Pair(int first, int second)
        {
            if (first - FirstLead is >= 0 and < Leads and var lead && second - FirstVowel is >= 0 and < Vowels and var vowel)
            {
                return FirstSyllable + (((lead * Vowels) + vowel) * Trails);
            }

            if (first - FirstSyllable is >= 0 and < Syllables and var syllable && syllable % Trails == 0
                && second - FirstTrail is > 0 and < Trails and var trail)
            {
                return first + trail;
            }

            return _pairs.TryGetValue((first, second), out var composed) ? composed : null;
        }

        public static Tables Read()
        {
            var tables = new Tables();
            using var text = new StreamReader(typeof(CanonicalComposition).Assembly.GetManifestResourceStream("canonical-forms.txt")!);
            while (text.ReadLine() is { } line)
            {
                if (line[0] != '#') tables.Add(line);
            }

            return tables;
        }

        private void Add(string line)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                var dash = line.IndexOf('-', StringComparison.Ordinal);
                var kind = byte.Parse(line.AsSpan(colon + 1), CultureInfo.InvariantCulture);
                for (var point = Code(line.AsSpan(0, dash)); point <= Code(line.AsSpan()[(dash + 1)..colon]); point++) _classes[point] = kind;
                return;
            }

            var sign = line.AsSpan().IndexOfAny('=', '!');
            var plus = line.IndexOf('+', StringComparison.Ordinal);
            var first = Code(line.AsSpan()[(sign + 1)..(plus < 0 ? line.Length : plus)]);
            var second = plus < 0 ? 0 : Code(line.AsSpan(plus + 1));
            var whole = Code(line.AsSpan(0, sign));
            Decompositions[whole] = (first, second);
            if (line[sign] == '=') _pairs[(first, second)] = whole;
        }

        private static int Code(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
