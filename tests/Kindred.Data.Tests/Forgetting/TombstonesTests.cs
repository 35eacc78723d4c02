using System.Text;
using Kindred.Data.Forgotten;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Data.Tests.Forgetting;

public sealed class TombstonesTests : IDisposable
{
    private static readonly Gen<string[]> _ids = Gen.String[Gen.Char["ab0é漢"], 1, 3].Array[0, 60];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_contains_exactly_the_forgotten_users() => Gen.Select(_ids, _ids, _ids).Sample((first, second, others) =>
    {
        var tombstones = Tombstones.Empty.With(first).With(second);
        var forgotten = first.Concat(second).ToHashSet();
        Assert.Equal(forgotten.Count, tombstones.Count);
        foreach (var id in first.Concat(second).Concat(others)) Assert.Equal(forgotten.Contains(id), tombstones.Contains(Encoding.UTF8.GetBytes(id)));
    });

    [Fact]
    public void Users_with_hashes_of_the_same_prefix_are_distinguished()
    {
        var seen = new Dictionary<uint, string>();
        var pairs = new List<(string, string)>();
        for (var i = 0; i < 300_000; i++)
        {
            var key = (uint)(UserHash.Of(Encoding.UTF8.GetBytes($"u{i}")) >> 32);
            if (!seen.TryAdd(key, $"u{i}")) pairs.Add((seen[key], $"u{i}"));
        }

        Assert.NotEmpty(pairs);
        foreach (var (one, other) in pairs)
        {
            var tombstones = Tombstones.Empty.With([one]);
            Assert.True(tombstones.Contains(Encoding.UTF8.GetBytes(one)));
            Assert.False(tombstones.Contains(Encoding.UTF8.GetBytes(other)));
            Assert.True(tombstones.With([other]).Contains(Encoding.UTF8.GetBytes(one)));
            Assert.True(tombstones.With([other]).Contains(Encoding.UTF8.GetBytes(other)));
        }
    }

    [Fact]
    public void The_same_users_give_the_same_bytes_in_any_order() => Gen.Select(_ids, Gen.Int[0, 60]).Sample((ids, cut) =>
    {
        Tombstones.Empty.With(ids).Write(_folder["a.json"]);
        var first = Tombstones.Empty.With(ids.Reverse().Take(cut));
        first.Write(_folder["b.json"]);
        var both = Tombstones.Read(_folder["b.json"]).With(ids);
        both.Write(_folder["b.json"]);
        Assert.Equal(File.ReadAllBytes(_folder["a.json"]), File.ReadAllBytes(_folder["b.json"]));
        Assert.Equal(Tombstones.Read(_folder["a.json"]).Digest, both.Digest);
        Assert.Equal(ids.Except(ids.Reverse().Take(cut)).Any(), first.Digest != both.Digest);
    }, iter: 50, threads: 1);

    [Fact]
    public void Forgetting_a_user_twice_changes_nothing()
    {
        var once = Tombstones.Empty.With(["anna", "bert"]);
        Assert.Same(once, once.With(["bert", "anna", "anna"]));
        Assert.Equal(2, once.Count);
    }

    [Fact]
    public void The_file_holds_no_id_and_can_be_read_again()
    {
        string[] ids = ["anna@example.com", "12345678", "käthe", new('x', IdList.MaxBytes)];
        var tombstones = Tombstones.Empty.With(ids);
        tombstones.Write(_folder["t.json"]);
        Assert.All(ids, id =>
        {
            var utf8 = Encoding.UTF8.GetBytes(id);
            Assert.Empty(Traces.Of(id, _folder.Path));
            Assert.Empty(Traces.Of(Convert.ToHexStringLower(utf8), _folder.Path));
            // The whole hash of an id of 8 bytes can be inverted to the id.
            Assert.Empty(Traces.Of(UserHash.Of(utf8).ToString("x16", null), _folder.Path));
            Assert.True(Tombstones.Read(_folder["t.json"]).Contains(utf8));
        });
        Assert.Equal(tombstones.Digest, Tombstones.Read(_folder["t.json"]).Digest);
        Assert.Equal(4, Tombstones.Read(_folder["t.json"]).Count);
        Assert.Equal([_folder["t.json"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_missing_file_is_an_empty_list()
    {
        Assert.Equal(0, Tombstones.Read(_folder["none.json"]).Count);
        Assert.False(Tombstones.Empty.Contains("anna"u8));
    }

    [Fact]
    public void A_damaged_file_is_an_error_with_file_and_remedy()
    {
        Tombstones.Empty.With(["anna", "bert", "cleo"]).Write(_folder["t.json"]);
        var whole = File.ReadAllBytes(_folder["t.json"]);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            var damaged = cut ? whole[..at] : [.. whole[..at], value, .. whole[(at + 1)..]];
            _folder.Bytes("t.json", damaged);
            // White space may change or be missing at the end, and digits may be upper-case: the meaning is the same.
            if (cut ? at == whole.Length - 1 : (whole[at] == value || (char.IsWhiteSpace((char)value) && char.IsWhiteSpace((char)whole[at])) || (value ^ 0x20) == whole[at])) return;
            var error = Assert.Throws<KindredException>(() => Tombstones.Read(_folder["t.json"]));
            Assert.Equal(ErrorKind.Corrupt, error.Kind);
            Assert.Contains("t.json", error.Message, StringComparison.Ordinal);
        }, threads: 1);
        _folder.Text("t.json", "[]");
        Assert.Contains("last copy of the file", Assert.Throws<KindredException>(() => Tombstones.Read(_folder["t.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_file_and_a_folder_are_refused()
    {
        Tombstones.Empty.Write(_folder["t.json"]);
        _folder.Text("t.json", File.ReadAllText(_folder["t.json"]).Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal));
        Assert.Contains("version 2", Assert.Throws<KindredException>(() => Tombstones.Read(_folder["t.json"])).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<KindredException>(() => Tombstones.Read(_folder.Path)).Kind);
    }

    [Fact]
    public void A_list_that_cannot_be_written_leaves_the_old_one_and_nothing_else()
    {
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => Tombstones.Empty.Write(_folder["nowhere/t.json"])).Kind);
        Directory.CreateDirectory(_folder["taken"]);
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => Tombstones.Empty.Write(_folder["taken"])).Kind);
        Assert.Equal([_folder["taken"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" anna", "white space")]
    [InlineData("anna\n", "white space")]
    [InlineData("half a pair", "malformed")]
    [InlineData(null, "128 bytes")]
    public void An_invalid_id_is_refused_without_being_quoted(string? id, string problem)
    {
        // Malformed text cannot be an argument of the attribute.
        id = id switch { null => new string('ä', 65), "half a pair" => "ann\ud800a", _ => id };
        var error = Assert.Throws<KindredException>(() => Tombstones.Empty.With(["bert", id]));
        Assert.Contains("number 2 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        var tombstones = Tombstones.Empty.With(["anna"]);
        var found = tombstones.Contains("anna"u8) && !tombstones.Contains("bert"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) found &= tombstones.Contains("anna"u8) && !tombstones.Contains("bert"u8);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(found);
    }

    [Fact]
    public void Metrics_stay_with_their_users()
    {
        var list = new SeedList("list", IdList.From(["a", "b", "c", "d"]), new Dictionary<string, float[]> { ["ctr"] = [1, 2, 3, float.NaN], ["clicks"] = [5, 6, 7, 8] }, 3);
        var without = Tombstones.Empty.With(["c", "a", "unknown"]).Without(list);
        Assert.Equal(["b", "d"], Enumerable.Range(0, without.Users.Count).Select(without.Users.GetString));
        Assert.Equal([2, float.NaN], without.Metrics["ctr"]);
        Assert.Equal([6, 8], without.Metrics["clicks"]);
        Assert.Equal(("list", 3), (without.Id, without.Duplicates));
        Assert.Equal(-1, without.Users.Utf8.Span.IndexOfAny("ac"u8));
        Assert.Same(list, Tombstones.Empty.With(["unknown"]).Without(list));
        Assert.Equal(0, Tombstones.Empty.With(["a", "b", "c", "d"]).Without(list.Users).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void The_forgotten_users_of_a_population_are_found_as_by_checking_each_user(int shards)
    {
        SamplePopulation.Write(_folder["p"], SamplePopulation.Of(150_000), shards);
        using var population = Kindred.Data.Populations.PopulationSnapshot.Open(_folder["p"]);
        var ids = Enumerable.Range(0, 150_000).Where(i => i % 777 == 5).Select(SamplePopulation.Id).ToHashSet();
        var expected = from shard in Enumerable.Range(0, shards)
                       from row in Enumerable.Range(0, population.Shards[shard].Count)
                       where ids.Contains(population.Shards[shard].UserIds.GetString(row))
                       select new UserRow(shard, row);
        Assert.Equal(expected, Tombstones.Empty.With(ids).With(["unknown"]).In(population));
        Assert.Empty(Tombstones.Empty.In(population));
    }
}
