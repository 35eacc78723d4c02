using System.Security.Cryptography;
using System.Text;
using Kindred.Ids;
using Kindred.SeedLists;
using Kindred.SeedLists.Checks;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists.Checks;

#pragma warning disable CA5350, CA5351 // These tests are about weak hashes.
public sealed class IdDiagnosisTests
{
    private static readonly Dictionary<string, Func<int, string>> _ids = new()
    {
        ["plain"] = i => $"u{i:0000000}",
        ["upper"] = i => $"U{i:0000000}",
        ["unpadded"] = i => $"u{i}",
        ["number"] = i => $"{1_000_000 + i}",
        ["padded number"] = i => $"{1_000_000 + i:0000000000}",
        ["float"] = i => $"{1_000_000 + i}.0",
        ["spaced"] = i => $"{1_000_000 + i:# ### ###}",
        ["uuid"] = i => new Guid(i, 17, 4, 1, 2, 3, 4, 5, 6, 7, 8).ToString("D"),
        ["bare uuid"] = i => new Guid(i, 17, 4, 1, 2, 3, 4, 5, 6, 7, 8).ToString("N").ToUpperInvariant(),
        ["address"] = i => $"jane.doe{i}@gmail.com",
        ["tagged address"] = i => $"Jane.Doe{i}+shop@Gmail.com",
        ["address without dots"] = i => $"janedoe{i}@googlemail.com",
        ["sha256 of plain"] = i => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"u{i:0000000}"))),
        ["base64 of plain"] = i => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"u{i:0000000}"))),
        ["sha1 of plain"] = i => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes($"u{i:0000000}"))),
        ["md5 of plain"] = i => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"u{i:0000000}"))),
        ["salted"] = i => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"pepperu{i:0000000}"))),
        ["phone"] = i => $"+36 30 {i:000 0000}",
        ["phone in digits"] = i => $"003630{i:0000000}",
        ["date"] = i => new DateOnly(1950, 1, 1).AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["prefixed number"] = i => $"customer-{1_000_000 + i}",
        ["long number"] = i => $"{7_098_939_081_189_096_033L + (i * 1_000_003_579L)}",
        ["long number in 15 digits"] = i => $"{(7_098_939_081_189_096_033L + (i * 1_000_003_579L)) / 10_000}0000",
        ["long number as float64"] = i => $"{(long)(double)(7_098_939_081_189_096_033L + (i * 1_000_003_579L))}",
        ["long number of pandas"] = i => ((double)(7_098_939_081_189_096_033L + (i * 1_000_003_579L))).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        ["16 digits"] = i => $"{1_230_000_000_000_000L + (i * 7_919_000_001L)}",
        ["scientific"] = i => (1_230_000_000_000_000D + (i * 7_919_000_001D)).ToString("0.00E+00", System.Globalization.CultureInfo.InvariantCulture),
        ["German scientific"] = i => (1_230_000_000_000_000D + (i * 7_919_000_001D)).ToString("0.00E+00", System.Globalization.CultureInfo.InvariantCulture).Replace('.', ','),
        ["composed"] = i => $"jos\u00E9{i}@example.org",
        ["decomposed"] = i => $"jose\u0301{i}@example.org",
        ["address in mixed case"] = i => $"Jane.Doe{i}@Example.org",
        ["sha256 of lower address"] = i => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"jane.doe{i}@example.org"))),
        ["others"] = i => $"u{9_000_000 + i:0000000}",
        ["cookie"] = i => $"c-{i * 7919 % 100_000:x}-{i % 97}",
    };

    [Theory]
    [InlineData("plain", "upper", IdCause.LetterCase)]
    [InlineData("upper", "plain", IdCause.LetterCase)]
    [InlineData("plain", "unpadded", IdCause.LeadingZeros)]
    [InlineData("unpadded", "plain", IdCause.LeadingZeros)]
    [InlineData("padded number", "number", IdCause.LeadingZeros)]
    [InlineData("number", "float", IdCause.Fraction)]
    [InlineData("float", "number", IdCause.Fraction)]
    [InlineData("number", "spaced", IdCause.WhiteSpace)]
    [InlineData("uuid", "bare uuid", IdCause.Punctuation)]
    [InlineData("bare uuid", "uuid", IdCause.Punctuation)]
    [InlineData("address", "tagged address", IdCause.EmailForm)]
    [InlineData("address", "address without dots", IdCause.EmailForm)]
    [InlineData("number", "prefixed number", IdCause.Prefix)]
    [InlineData("prefixed number", "number", IdCause.Prefix)]
    [InlineData("prefixed number", "padded number", IdCause.Prefix)]
    [InlineData("long number", "long number in 15 digits", IdCause.Rounded)]
    [InlineData("long number", "long number as float64", IdCause.Rounded)]
    [InlineData("long number", "long number of pandas", IdCause.Rounded)]
    [InlineData("16 digits", "scientific", IdCause.ScientificNotation)]
    [InlineData("16 digits", "German scientific", IdCause.ScientificNotation)]
    [InlineData("composed", "decomposed", IdCause.UnicodeForm)]
    [InlineData("decomposed", "composed", IdCause.UnicodeForm)]
    [InlineData("address in mixed case", "sha256 of lower address", IdCause.ListIsSha256)]
    [InlineData("sha256 of lower address", "address in mixed case", IdCause.PopulationIsSha256)]
    [InlineData("plain", "sha256 of plain", IdCause.ListIsSha256)]
    [InlineData("plain", "base64 of plain", IdCause.ListIsSha256)]
    [InlineData("plain", "sha1 of plain", IdCause.ListIsSha1)]
    [InlineData("plain", "md5 of plain", IdCause.ListIsMd5)]
    [InlineData("sha256 of plain", "plain", IdCause.PopulationIsSha256)]
    [InlineData("sha1 of plain", "plain", IdCause.PopulationIsSha1)]
    [InlineData("md5 of plain", "plain", IdCause.PopulationIsMd5)]
    [InlineData("plain", "salted", IdCause.OtherHash)]
    [InlineData("plain", "others", IdCause.OtherUsers)]
    [InlineData("plain", "cookie", IdCause.OtherIds)]
    [InlineData("address", "plain", IdCause.OtherIds)]
    [InlineData("plain", "address", IdCause.EmailAddresses)]
    [InlineData("salted", "tagged address", IdCause.EmailAddresses)]
    [InlineData("plain", "phone", IdCause.PhoneNumbers)]
    [InlineData("uuid", "phone in digits", IdCause.PhoneNumbers)]
    [InlineData("address", "phone", IdCause.PhoneNumbers)]
    [InlineData("phone", "phone in digits", IdCause.OtherIds)]
    [InlineData("plain", "number", IdCause.OtherIds)]
    [InlineData("md5 of plain", "sha256 of plain", IdCause.OtherFunction)]
    [InlineData("plain", "date", IdCause.OtherIds)]
    public void The_cause_and_the_number_of_users_it_explains_are_reported(string population, string list, IdCause cause)
    {
        var diagnosis = Diagnose(_ids[population], Enumerable.Range(0, 300).Select(_ids[list]))!;
        var explains = cause is not (IdCause.OtherHash or IdCause.OtherFunction or IdCause.OtherUsers or IdCause.OtherIds or IdCause.EmailAddresses or IdCause.PhoneNumbers);
        Assert.Equal((cause, 300, explains ? 300 : 0), (diagnosis.Cause, diagnosis.Tried, diagnosis.Explained));
    }

    [Fact]
    public void Only_lists_that_lose_users_are_diagnosed_and_only_their_lost_users()
    {
        Assert.Null(Diagnose(_ids["plain"], [.. Enumerable.Range(0, 270).Select(_ids["plain"]), .. Enumerable.Range(270, 30).Select(_ids["upper"])]));
        var diagnosis = Diagnose(_ids["plain"], [.. Enumerable.Range(0, 250).Select(_ids["plain"]), .. Enumerable.Range(250, 40).Select(_ids["upper"]), .. Enumerable.Range(0, 10).Select(_ids["cookie"])])!;
        Assert.Equal((IdCause.LetterCase, 50, 40), (diagnosis.Cause, diagnosis.Tried, diagnosis.Explained));
    }

    [Fact]
    public void Unmatched_hashes_of_a_hashed_list_are_reported_as_unknown()
    {
        using var population = Population(_ids["plain"]);
        var list = TestPopulation.List("l", [_ids["plain"](3)]) with { Unknown = 4 };
        var check = SeedCheck.Of([SeedMatch.Of(list, population)], population, new SeedCheckOptions(), new IdHash(IdHashFunction.Sha256));
        var diagnosis = check.Lists[0].Diagnosis!;
        Assert.Equal((IdCause.HashUnknown, 4, 0, null, "a#######"), (diagnosis.Cause, diagnosis.Tried, diagnosis.Explained, diagnosis.ListShape, diagnosis.PopulationShape));
    }

    [Theory]
    [InlineData(IdHashFunction.Sha256, IdCause.AlreadyHashed)]
    [InlineData(IdHashFunction.Sha1, IdCause.HashUnknown)]
    public void A_population_of_hashed_ids_is_compared_without_hashing_again(IdHashFunction function, IdCause cause)
    {
        using var population = Population(_ids["sha256 of plain"]);
        var list = TestPopulation.List("l", []) with { Unknown = 4 };
        Assert.Equal(cause, SeedCheck.Of([SeedMatch.Of(list, population)], population, new SeedCheckOptions(), new IdHash(function)).Lists[0].Diagnosis!.Cause);
    }

    [Theory]
    [InlineData("plain", "upper", IdForms.Lower)]
    [InlineData("number", "float", IdForms.Digits)]
    [InlineData("composed", "decomposed", IdForms.Nfc)]
    [InlineData("plain", "sha256 of plain", IdForms.None)]
    [InlineData("address in mixed case", "sha256 of lower address", IdForms.Trim | IdForms.Lower)]
    public void The_normalisation_that_mends_the_ids_is_told(string population, string list, IdForms forms) =>
        Assert.Equal(forms, Diagnose(_ids[population], Enumerable.Range(0, 40).Select(_ids[list]))!.Normalization);

    [Fact]
    public void Users_who_are_simply_absent_from_a_list_that_mostly_matches_are_called_so() => Assert.Equal(IdCause.Absent,
        Diagnose(_ids["plain"], [.. Enumerable.Range(0, 60).Select(_ids["plain"]), .. Enumerable.Range(0, 40).Select(_ids["others"])])!.Cause);

    [Fact]
    public void Ids_of_items_are_told_from_users()
    {
        using var users = new Kindred.Populations.Population(Population(_ids["plain"]).Shards, [""], new Kindred.Populations.ActivityScale(0, 1), Kindred.Populations.IdList.From(Enumerable.Range(0, 50).Select(i => $"i{i}")), "test");
        var list = TestPopulation.List("l", Enumerable.Range(0, 40).Select(i => $"i{i}"));
        var diagnosis = SeedCheck.Of([SeedMatch.Of(list, users)], users, new SeedCheckOptions()).Lists[0].Diagnosis!;
        Assert.Equal((IdCause.OtherTable, 40, 40), (diagnosis.Cause, diagnosis.Tried, diagnosis.Explained));
    }

    [Theory]
    [InlineData("plain", "a#######")]
    [InlineData("number", "#######")]
    [InlineData("address", "aaaa.aaa###@aaaaa.aaa")]
    [InlineData("sha256 of plain", "64 hexadecimal digits")]
    [InlineData("md5 of plain", "32 hexadecimal digits")]
    [InlineData("uuid", "8-4-4-4-12 hexadecimal digits")]
    [InlineData("unpadded", "a###")]
    public void A_shape_shows_neither_letters_nor_digits(string ids, string shape) =>
        Assert.Equal(shape, Shape([.. Enumerable.Range(100, 200).Select(_ids[ids])]));

    [Fact]
    public void A_shape_of_few_ids_reveals_none_of_their_letters()
    {
        Assert.Equal("aaaa.aaa@aaaaaaa.aaa", Shape(["jane.doe@example.com"]));
        Assert.Equal("Aa…#…", Shape(["Ab1", "Abc22", "Abcd333"]));
        Assert.Equal("a{30}", Shape([new string('x', 30)]));
        Assert.Equal("a␣###", Shape(["é 123"]));

        // What all ids begin with may name a customer.
        Assert.Equal("a…", Shape(["secret", .. Enumerable.Range(0, 30).Select(i => "secret" + new string('x', i + 1))]));
    }

    private static string Shape(string[] ids) => IdShape.Of(ids.Length, i => Encoding.UTF8.GetBytes(ids[i]));

    private static IdDiagnosis? Diagnose(Func<int, string> population, IEnumerable<string> list)
    {
        using var users = Population(population);
        return SeedCheck.Of([SeedMatch.Of(TestPopulation.List("l", list), users)], users, new SeedCheckOptions()).Lists[0].Diagnosis;
    }

    private static Kindred.Populations.Population Population(Func<int, string> id) =>
        TestPopulation.Of([.. Enumerable.Range(0, 2_000).Select(i => new TestUser(id(i), [1f]))], 3);
}
