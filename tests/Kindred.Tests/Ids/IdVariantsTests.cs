using Kindred.Ids;
using Kindred.Populations;

namespace Kindred.Tests.Ids;

public sealed class IdVariantsTests
{
    [Fact]
    public void Ids_that_are_written_in_one_way_have_no_variants() =>
        Assert.Null(IdVariants.Find(IdList.From(["17", "18", "ann@x.org", "17.5", "é"])));

    [Fact]
    public void Variants_are_counted_by_what_they_differ_in_and_the_needed_forms_are_named()
    {
        var found = IdVariants.Find(IdList.From(["17", "17.0", "17.00", "Ann", "ann", "bob", "é", "e\u0301"]))!;
        Assert.Equal((8, 4, IdForms.Lower | IdForms.Nfc | IdForms.Digits), (found.Ids, found.Normalised, found.Forms));
        Assert.Equal([(IdForms.Lower, 2), (IdForms.Nfc, 2), (IdForms.Digits, 3)], found.ByForm);

        var cases = IdVariants.Find(IdList.From(["A", "a", "B", "b", "17.0"]))!;
        Assert.Equal((5, 3, IdForms.Lower), (cases.Ids, cases.Normalised, cases.Forms));
    }

    [Fact]
    public void Ids_that_differ_in_two_ways_at_once_need_both_forms()
    {
        var found = IdVariants.Find(IdList.From(["É1", "e\u03011"]))!;
        Assert.Equal((1, IdForms.Lower | IdForms.Nfc), (found.Normalised, found.Forms));
    }

    [Fact]
    public void The_count_is_that_of_normalised_ids()
    {
        var random = new Random(3);
        string[] ids = [.. Enumerable.Range(0, 5_000).Select(_ => (random.Next(1_000), random.Next(3)) is var (number, way)
            ? way switch { 0 => $"User{number}", 1 => $"user{number}", _ => $"{number}.0" } : "").Distinct(StringComparer.Ordinal)];
        var normal = new IdNormalization(IdForms.Lower | IdForms.Nfc | IdForms.Digits);
        Assert.Equal(ids.Select(normal.Apply).Distinct(StringComparer.Ordinal).Count(), IdVariants.Find(IdList.From(ids))!.Normalised);
    }
}
