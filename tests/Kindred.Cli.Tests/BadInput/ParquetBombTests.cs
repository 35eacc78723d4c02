using System.Text.RegularExpressions;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Tests that Parquet files of strangers cannot take much memory or end the process: each is refused, with its numbers.</summary>
public sealed class ParquetBombTests(SmallWorld world) : IDisposable
{
    private const int Plain = 0, DeltaLengths = 6, DeltaTexts = 7, Dictionary = 8;

    // Of the managed heap, and of the whole process: the library's memory, and what the runtime reserves.
    private const long HeapBytes = 192L << 20;
    private const int Kilobytes = 3 << 20;

    private static readonly Dictionary<string, (Func<ParquetBomb> File, string[] Says)> _bombs = new(StringComparer.Ordinal)
    {
        // Footers.
        ["a million columns"] = (() => Valid with { Schema = footer => footer.Begin(2, 12, 1_000_000).Raw(new byte[1_000_000]) },
            ["its footer describes 1,000,000 columns", "at most 65,536"]),
        ["a million columns in a row group"] = (() => Valid with { Groups = footer => footer.List(4, [group => group.Begin(1, 12, 1_000_000).Raw(new byte[1_000_000])]) },
            ["its footer describes 1,000,000 columns in all row groups", "at most 524,288"]),
        ["a million columns in many row groups"] = (() => Valid with { Groups = footer => footer.List(4, [.. Enumerable.Repeat<Action<ThriftBytes>>(group => group.Begin(1, 12, 1_000).Raw(new byte[1_000]), 1_000)]) },
            ["its footer describes 525,000 columns in all row groups"]),
        ["ten million attributes"] = (() => Valid with { More = footer => footer.Begin(5, 12, 10_000_000).Raw(new byte[10_000_000]) },
            ["its footer has 10,000,00", "entries; at most 8,388,608 are read"]),
        ["columns in 60,000 levels"] = (() => Valid with { Schema = footer => footer.List(2, [.. Enumerable.Range(0, 60_000).Select(i => (Action<ThriftBytes>)(group => group.Text(4, "g").Int32(5, 1))), column => column.Int32(1, 6).Int32(3, 0).Text(4, "user_id")]) },
            ["nested in more than 32 levels"]),
        ["a long name above many columns"] = (() => Valid with { Schema = footer => footer.List(2, [root => root.Text(4, "schema").Int32(5, 1), group => group.Text(4, new string('g', 1 << 20)).Int32(5, 20_000), .. Enumerable.Repeat<Action<ThriftBytes>>(column => column.Int32(1, 6).Int32(3, 0).Text(4, "c"), 20_000)]) },
            ["the names of its columns have more than 67,108,864 bytes"]),
        ["structures in 100,000 levels"] = (() => Valid with { More = footer => footer.Raw([0x1C]).Raw([.. Enumerable.Repeat((byte)0x1C, 100_000)]) },
            ["its footer is not understood"]),
        ["lists in 100,000 levels"] = (() => Valid with { More = footer => footer.Raw([0x19]).Raw([.. Enumerable.Repeat((byte)0x19, 100_000)]) },
            ["its footer is not understood"]),
        ["row groups twice"] = (() => Valid with { More = footer => footer.List(4, [Valid.Group]) },
            ["its footer is not understood"]),
        ["columns as a list of flags"] = (() => Valid with { Groups = footer => footer.List(4, [group => group.Begin(1, 1, 3).Raw(new byte[3])]) },
            ["its footer is not understood"]),
        ["paths as a list of flags"] = (() => Valid with { Groups = footer => footer.List(4, [group => group.List(1, [chunk => chunk.Struct(3, pages => pages.Begin(3, 1, 2).Raw([1, 1]))])]) },
            ["its footer is not understood"]),
        ["encrypted columns"] = (() => Valid with { Groups = footer => footer.List(4, [group => group.List(1, [chunk => chunk.Struct(8, _ => { })])]) },
            ["it is encrypted"]),
        ["more rows than any file has"] = (() => Valid with { GroupRows = long.MaxValue }, ["a column is shorter than its row group says"]),

        // Pages.
        ["two gigabytes behind long statistics"] = (() => Valid with { IsCompressed = true, Pages = [ParquetBomb.Page(ParquetBomb.Zeros(1_000), 2, Plain, int.MaxValue, statistics: 20_000)] },
            ["bytes claims to be 2,147,483,647 bytes"]),
        ["a header of a page without an end"] = (() => Valid with { Pages = [([0x15, 0, 0x15, 4, 0x15, 4, 0x2C, 0x15, 4, .. new byte[100].Select(_ => (byte)0x15)], [])] },
            ["the header of a page is damaged or cut off"]),
        ["a page of more than a gigabyte"] = (() => Valid with { IsCompressed = true, Pages = [ParquetBomb.Page(new byte[12 << 20], 2, Plain, (1 << 30) + 1)] },
            ["a page of 12,582,912 bytes claims to be 1,073,741,825 bytes"]),
        ["a page with two billion values"] = (() => Valid with { Pages = [ParquetBomb.Page(ParquetBomb.Plain("a", "b"), int.MaxValue, Plain)] },
            ["a page claims 2,147,483,647 values", "at most 67,108,864"]),
        ["a page with fewer values than none"] = (() => Valid with { Pages = [ParquetBomb.Page(ParquetBomb.Plain("a", "b"), -1, Plain)] },
            ["a page claims -1 values"]),
        ["lengths of 50 million texts"] = (() => Valid with { Rows = 50_000_000, Pages = [ParquetBomb.Page(ParquetBomb.Deltas(1, 1), 50_000_000, DeltaLengths)] },
            ["a page claims 50,000,000 values", "at most 16,777,216"]),
        ["a dictionary of 900 MB"] = (() => WithDictionary(ParquetBomb.Dictionary(ParquetBomb.Zeros(900_000_000), 225_000_000, 900_000_000)),
            ["bytes claims to be 900,000,000 bytes"]),
        ["a dictionary with two billion values"] = (() => WithDictionary(ParquetBomb.Dictionary(ParquetBomb.Zeros(8), int.MaxValue, 8)),
            ["a dictionary of 8 bytes claims 2,147,483,647 values"]),
        ["texts that repeat eight megabytes"] = (() => Valid with { Rows = 100_000, Pages = [ParquetBomb.Page(Repeated(100_000, 8 << 20), 100_000, DeltaTexts)] },
            ["the values of a column take"]),
    };

    private readonly TemporaryFolder _folder = new();

    private static ParquetBomb Valid => ParquetBomb.Valid;

    public static TheoryData<string> Names => [.. _bombs.Keys];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_that_the_bombs_change_is_valid()
    {
        File.WriteAllBytes(_folder["seeds.parquet"], Valid.Write());
        Assert.StartsWith("2 rows in 1 file, 0 rejected.", Check().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_stored_as_differences_are_read()
    {
        string[] users = [.. world.People.Take(300).Select(person => person.Id).Order(StringComparer.Ordinal)];
        int[] shared = [.. users.Select((user, i) => i == 0 ? 0 : user.Zip(users[i - 1]).TakeWhile(pair => pair.First == pair.Second).Count())];
        var rest = users.Select((user, i) => user[shared[i]..]).ToArray();
        byte[] page = [.. ParquetBomb.Deltas(shared), .. ParquetBomb.Deltas([.. rest.Select(text => text.Length)]), .. System.Text.Encoding.ASCII.GetBytes(string.Concat(rest))];
        File.WriteAllBytes(_folder["seeds.parquet"], (Valid with { Rows = 300, Pages = [ParquetBomb.Page(page, 300, DeltaTexts)] }).Write());
        var run = Check();
        Assert.True(Regex.IsMatch(run.Output, @"\n\S+ +300 +0 +300 "), run.Output + run.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bomb_is_refused_with_its_numbers_in_bounded_memory(string name)
    {
        var (file, says) = _bombs[name];
        File.WriteAllBytes(_folder["seeds.parquet"], file().Write());
        Refused(says);
    }

    [Fact]
    public void A_footer_that_claims_most_of_a_large_file_is_not_read()
    {
        using (var file = File.Create(_folder["seeds.parquet"]))
        {
            file.Write("PAR1"u8);
            file.SetLength(1_500_000_000);
            file.Position = file.Length - 8;
            file.Write(BitConverter.GetBytes(1_400_000_000));
            file.Write("PAR1"u8);
        }

        Refused(["its footer claims 1,400,000,000 bytes; at most 67,108,864 are read"]);
    }

    private void Refused(string[] says)
    {
        var run = Check();
        Assert.True(run.Code == ExitCode.BadInput, $"Exit code {run.Code}:\n{run.Output}{run.Error}");
        Assert.Equal("", run.Output);
        Assert.All(says, text => Assert.True(run.Error.Contains(text, StringComparison.Ordinal), $"Not there: {text}\n{run.Error}"));
        Assert.Contains(_folder["seeds.parquet"], run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    private Invocation Check() => KindredProcess.Ended(KindredProcess.StartWithin(Kilobytes, HeapBytes,
        "check", "--population", world.Population, "--seeds", _folder["seeds.parquet"], "--threads", "1", "--quiet"));

    private static ParquetBomb WithDictionary((byte[] Header, byte[] Body) dictionary) => Valid with
    {
        IsCompressed = true,
        HasDictionary = true,
        // Bits of a place in the dictionary, then a run of two zeros.
        Pages = [dictionary, ParquetBomb.Page([1, 4, 0], 2, Dictionary)],
    };

    // The first text is long, and every later one repeats it and adds a letter: each is a copy.
    private static byte[] Repeated(int count, int length) =>
    [
        .. ParquetBomb.Deltas([0, .. Enumerable.Repeat(length, count - 1)]),
        .. ParquetBomb.Deltas([length, .. Enumerable.Repeat(1, count - 1)]),
        .. Enumerable.Repeat((byte)'u', length + count - 1),
    ];
}
