using System.Security.Cryptography;
using System.Text;
using Kindred.Data.Audiences;

namespace Kindred.Data.Tests.Audiences;

public sealed class ReadableFileNamesTests
{
    [Theory]
    [InlineData("Rock Pop 275", "Rock-Pop-275")]
    [InlineData("shoes-2024_q1", "shoes-2024_q1")]
    [InlineData("a.b", "a.b")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("Rock & Pop (live)", "Rock-Pop-live")]
    [InlineData("x\u001b[2J", "x-2J")]
    [InlineData("line\r\nbreak.", "line-break")]
    [InlineData(".hidden", "hidden")]
    [InlineData("--out", "out")]
    public void A_name_is_readable(string id, string name) => Assert.Equal(name, Assert.Single(ReadableFileNames.Of([id])).Value);

    [Theory]
    [InlineData("..", "_")]
    [InlineData("/", "_")]
    [InlineData("***", "_")]
    [InlineData("con", "con")]
    [InlineData("COM1", "COM1")]
    [InlineData("Nul.x", "Nul-x")]
    [InlineData("Müsli", "Müsli")]
    [InlineData("漢字 1", "漢字-1")]
    [InlineData("\u212Aelvin", "\u212Aelvin")]
    public void A_name_that_could_be_another_one_or_a_device_has_a_hash_whatever_else_is_there(string id, string start) =>
        Assert.Equal($"{start}-{Hash(id)[..8]}", Assert.Single(ReadableFileNames.Of([id])).Value);

    [Fact]
    public void Names_that_differ_only_in_case_or_in_what_was_replaced_all_get_a_hash()
    {
        string[] ids = ["rock pop", "Rock Pop", "ROCK-POP", "rock/pop", "jazz"];
        var names = ReadableFileNames.Of(ids);
        Assert.Equal("jazz", names["jazz"]);
        Assert.Equal($"rock-pop-{Hash("rock pop")[..8]}", names["rock pop"]);
        Assert.Equal($"Rock-Pop-{Hash("Rock Pop")[..8]}", names["Rock Pop"]);
        Assert.Equal($"ROCK-POP-{Hash("ROCK-POP")[..8]}", names["ROCK-POP"]);
        Assert.Equal(names, ReadableFileNames.Of(ids.Reverse()));
    }

    [Fact]
    public void An_id_that_is_another_ones_name_with_its_hash_does_not_take_it()
    {
        var taken = $"rock-pop-{Hash("rock pop")[..8]}";
        var names = ReadableFileNames.Of(["rock pop", "Rock Pop", taken]);
        Assert.Equal(3, names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal($"rock-pop-{Hash("rock pop")[..16]}", names["rock pop"]);
        Assert.Equal($"{taken}-{Hash(taken)[..8]}", names[taken]);
    }

    [Fact]
    public void An_id_that_is_there_twice_is_refused() => Assert.Throws<ArgumentException>(() => ReadableFileNames.Of(["a", "a"]));

    [Fact]
    public void Names_are_safe_short_and_distinct_even_without_case_and_depend_on_no_order() =>
        Gen.String[Gen.Char["aAbB.%/\\:-_\0é漢ßſ \u0301"], 1, 150].HashSet[2, 30].Sample(ids =>
        {
            var names = ReadableFileNames.Of(ids);
            Assert.Equal(ids.Count, names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Equal(names, ReadableFileNames.Of(ids.Order(StringComparer.Ordinal)));
            Assert.All(names.Values, name =>
            {
                Assert.Matches(@"^[\w\u0301]([-.\w\u0301]*[\w\u0301])?$", name);
                Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 200);
            });
        }, iter: 500);

    [Fact]
    public void Every_name_can_be_a_file()
    {
        using var folder = new TemporaryFolder();
        string[] ids = [new('L', 128), new('漢', 42), "a\0b", "..", ".", " ", "a/b", "a\\b", "~", "*", "%2E", "-"];
        foreach (var name in ReadableFileNames.Of(ids).Values) File.WriteAllText(folder[name + ".csv"], "");
        Assert.Equal(ids.Length, Directory.GetFiles(folder.Path).Length);
    }

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
