using System.Globalization;
using System.Text;
using Kindred.Ids;
using Kindred.Tests.Shared;

namespace Kindred.Tests.Ids;

public sealed class IdNormalizationTests
{
    [Theory]
    [InlineData("trim", " ann\t", "ann")]
    [InlineData("trim", "\uFEFF1025", "1025")]
    [InlineData("trim", "\u200B1025\u200E\u00A0", "1025")]
    [InlineData("trim", "\u202A+36301234567\u202C", "+36301234567")]
    [InlineData("trim", "a b", "a b")]
    [InlineData("trim", " \u200B ", "")]
    [InlineData("lower", "Jane.DOE@Example.org", "jane.doe@example.org")]
    [InlineData("lower", "ÉMILE", "émile")]
    [InlineData("lower", "E\u0301", "e\u0301")]
    [InlineData("nfc", "e\u0301", "é")]
    [InlineData("nfc", "A\u030A", "Å")]
    [InlineData("nfc", "\u212B", "Å")]
    [InlineData("digits", "10001.0", "10001")]
    [InlineData("digits", "-7.000", "-7")]
    [InlineData("digits", "1.5", "1.5")]
    [InlineData("digits", "1.0.0", "1.0.0")]
    [InlineData("digits", "v1.0", "v1.0")]
    [InlineData("digits", ".0", ".0")]
    [InlineData("digits", "007.0", "007")]
    [InlineData("trim,lower,nfc,digits", " E\u0301A ", "éa")]
    [InlineData("LOWER", "A", "a")]
    [InlineData("", " A.0", " A.0")]
    public void Each_difference_is_removed_and_nothing_else(string forms, string id, string normal)
    {
        var normalization = IdNormalization.Parse(forms.Split(',', StringSplitOptions.RemoveEmptyEntries), out var unknown);
        Assert.Null(unknown);
        Assert.Equal(normal, normalization.Apply(id));
        Assert.Equal(normal, normalization.Apply(normal));
    }

    [Fact]
    public void An_unknown_form_is_named()
    {
        Assert.Equal(IdNormalization.None, IdNormalization.Parse(["trim", "upper"], out var unknown));
        Assert.Equal("upper", unknown);
        Assert.Equal("trim,nfc", IdNormalization.Parse(["nfc", "trim"], out _).ToString());
    }

    [Fact]
    public void A_text_that_is_too_long_for_an_id_is_left_alone()
    {
        var marks = "e" + string.Concat(Enumerable.Repeat("\u0301\u0316", 100_000));
        Assert.Equal(marks, new IdNormalization(IdForms.Nfc | IdForms.Lower).Apply(marks));
    }

    [Theory]
    [InlineData("\\N", true)]
    [InlineData("NULL", true)]
    [InlineData("None", true)]
    [InlineData("nan", true)]
    [InlineData("<NA>", true)]
    [InlineData("null", true)]
    [InlineData("[NULL]", true)]
    [InlineData("NA", false)]
    [InlineData("none", false)]
    [InlineData("Nancy", false)]
    [InlineData("nulls", false)]
    [InlineData("\\", false)]
    [InlineData("", false)]
    public void Words_that_exports_write_for_nothing_are_known(string text, bool isMissing) =>
        Assert.Equal(isMissing, IdText.IsMissingWord(Encoding.UTF8.GetBytes(text)));

    // Unicode Standard Annex #15, figures 3 to 6 and its table of Hangul, and marks out of order or blocked.
    [Theory]
    [InlineData("212B", "00C5")]
    [InlineData("2126", "03A9")]
    [InlineData("0073 0323 0307", "1E69")]
    [InlineData("1E0B 0323", "1E0D 0307")]
    [InlineData("0071 0307 0323", "0071 0323 0307")]
    [InlineData("FB01", "FB01")]
    [InlineData("0958", "0915 093C")]
    [InlineData("2ADC", "2ADD 0338")]
    [InlineData("1100 1161 11A8", "AC01")]
    [InlineData("AC00 11A8", "AC01")]
    [InlineData("0061 0315 0300 05AE 0062", "00E0 05AE 0315 0062")]
    [InlineData("0B47 0300 0B3E", "0B47 0300 0B3E")]
    public void Text_is_composed_as_Unicode_says(string before, string after) => Assert.Equal(Text(after), CanonicalComposition.Of(Text(before)));

    [Fact]
    public void Every_character_and_random_texts_are_composed_as_Python_composes_them()
    {
        var texts = Enumerable.Range(0x80, 0x110000 - 0x80).Where(Rune.IsValid).Select(point => new Rune(point).ToString())
            .Concat(Random(20_000)).ToList();
        var composed = PythonOracle.Print("""
            import unicodedata
            # Later versions of Unicode compose a few more characters, all of them beyond U+11000.
            end = 0x110000 if unicodedata.unidata_version == "14.0.0" else 0x11000
            for line in open("texts"):
                if any(int(point, 16) >= end for point in line.split()):
                    print("later")
                    continue
                text = "".join(chr(int(point, 16)) for point in line.split())
                print(" ".join(f"{ord(letter):X}" for letter in unicodedata.normalize("NFC", text)))
            """, ("texts", string.Join('\n', texts.Select(Points)) + "\n")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(texts.Count, composed.Length);
        for (var i = 0; i < composed.Length; i++)
        {
            var ours = Points(CanonicalComposition.Of(texts[i]));
            if (composed[i] != "later" && ours != composed[i]) Assert.Fail($"{Points(texts[i])} became {ours}, not {composed[i]}");
        }
    }

    // Letters and marks that combine often.
    private static IEnumerable<string> Random(int count)
    {
        var random = new Random(15);
        int[] points =
        [
            .. Enumerable.Range(0x41, 26), .. Enumerable.Range(0xC0, 0x180), .. Enumerable.Range(0x300, 0x70), .. Enumerable.Range(0x300, 0x70),
            .. Enumerable.Range(0x590, 0x30), .. Enumerable.Range(0x1100, 0x20), .. Enumerable.Range(0x1161, 0x20),
            .. Enumerable.Range(0x11A7, 0x20), .. Enumerable.Range(0xAC00, 0x40), .. Enumerable.Range(0x1E00, 0x100), 0x93C, 0x915, 0x928, 0x9C7, 0x9BE,
        ];
        for (var i = 0; i < count; i++)
        {
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => new Rune(points[random.Next(points.Length)]).ToString()));
        }
    }

    private static string Points(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X", CultureInfo.InvariantCulture)));

    private static string Text(string points) =>
        string.Concat(points.Split(' ').Select(point => new Rune(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
