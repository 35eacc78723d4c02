using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Forgotten;
using Kindred.Data.Memberships;
using Kindred.Populations;

namespace Kindred.Data.Tests.Memberships;

public sealed class UserAudienceTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_user_has_the_written_audiences_and_an_unknown_user_has_none() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[1, 3000], Gen.Int[0, 40], Gen.Int).Sample((count, audiences, most, seed) =>
        {
            using var folder = new TemporaryFolder();
            var users = TestMemberships.Random(count, audiences, most, seed);
            TestMemberships.Write(folder["t"], users, audiences);
            using var table = UserAudienceTable.Open(folder["t"]);
            Assert.Equal((count, audiences), (table.Users, table.Audiences));
            Assert.Equal(users.Values.Select(own => own.Length).DefaultIfEmpty(0).Max(), table.LongestList);
            Assert.All(users, user => Assert.Equal(user.Value, table.Find(user.Key, table.LongestList)));
            for (var i = 0; i < 500; i++) Assert.Empty(table.Find($"stranger-{i}", table.LongestList));

            var seen = new List<(string, int[])>();
            table.ForEach((user, own) => seen.Add((Encoding.UTF8.GetString(user), own.ToArray())));
            Assert.Equal(users.Select(user => (user.Key, user.Value)), seen);
        }, iter: 40, threads: 1);

    [Fact]
    public void The_same_users_and_lists_give_the_same_bytes_and_users_without_audiences_cost_no_list()
    {
        var users = TestMemberships.Random(300, 50, 10, 1);
        TestMemberships.Write(_folder["a"], users, 50);
        TestMemberships.Write(_folder["b"], users, 50);
        Assert.Equal(Contents("a"), Contents("b"));
        TestMemberships.Write(_folder["none"], users.ToDictionary(user => user.Key, _ => Array.Empty<int>()), 50);
        Assert.Equal(128, new FileInfo(_folder["none/lists.npy"]).Length);
    }

    [Fact]
    public void A_copy_without_some_users_has_the_bytes_of_one_that_never_contained_them()
    {
        var users = TestMemberships.Random(300, 500, 30, 2);
        TestMemberships.Write(_folder["all"], users, 500);
        string[] gone = [.. users.Keys.Where((_, i) => i % 7 == 3)];
        UserAudienceTable.Without(_folder["all"], _folder["copy"], Tombstones.Empty.With([.. gone, "unknown user"]), TestContext.Current.CancellationToken);
        TestMemberships.Write(_folder["anew"], users.Where(user => !gone.Contains(user.Key)).ToDictionary(), 500);
        Assert.Equal(Contents("anew"), Contents("copy"));
        UserAudienceTable.Without(_folder["all"], _folder["nobody"], Tombstones.Empty.With(users.Keys), TestContext.Current.CancellationToken);
        using var nobody = UserAudienceTable.Open(_folder["nobody"]);
        Assert.Equal(0, nobody.Users);
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var users = TestMemberships.Random(300, 500, 30, 3);
        TestMemberships.Write(_folder["t"], users, 500);
        using var table = UserAudienceTable.Open(_folder["t"]);
        var ids = users.Keys.Append("stranger").Select(Encoding.UTF8.GetBytes).ToArray();
        var audiences = new int[30];
        for (var i = 0; i < 3; i++) LookUpAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = LookUpAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(users.Values.Sum(own => own.Length), count);

        int LookUpAll()
        {
            var sum = 0;
            foreach (var id in ids) sum += table.Find(id, audiences);
            return sum;
        }
    }

    [Fact]
    public void A_flipped_byte_in_any_file_is_detected_and_the_file_named()
    {
        TestMemberships.Write(_folder["t"], TestMemberships.Random(50, 100, 20, 4), 100);
        var files = Directory.GetFiles(_folder["t"]).Order(StringComparer.Ordinal).ToArray();
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Double[0, 1]).Sample((number, place) =>
        {
            var whole = Damage(files[number], bytes => bytes[(int)(place * (bytes.Length - 1))] ^= 0x41);
            var error = Assert.Throws<KindredException>(() => UserAudienceTable.Open(_folder["t"]));
            File.WriteAllBytes(files[number], whole);
            Assert.Equal(ErrorKind.Corrupt, error.Kind);
            Assert.Contains(Path.GetFileName(files[number]), error.Message, StringComparison.Ordinal);
        }, iter: 150, threads: 1);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_an_error_on_opening_or_in_a_look_up_or_changes_no_answer()
    {
        var users = TestMemberships.Random(60, 100, 20, 5);
        TestMemberships.Write(_folder["t"], users, 100);
        var (errors, harmless) = (0, 0);
        foreach (var file in Directory.GetFiles(_folder["t"]).Order(StringComparer.Ordinal))
        {
            var whole = File.ReadAllBytes(file);
            for (var bit = 0; bit < whole.Length * 8; bit += 23)
            {
                var damaged = whole.ToArray();
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(file, damaged);
                var failed = false;
                try
                {
                    using var table = UserAudienceTable.Open(_folder["t"], verify: false);
                    foreach (var user in users.Append(new("stranger", []))) failed |= !Answers(table, user);
                }
                catch (KindredException error)
                {
                    Require(error);
                    failed = true;
                }

                if (failed) errors++;
                else harmless++;
            }

            File.WriteAllBytes(file, whole);
        }

        // Harmless bits are spaces: in the manifest, and in the headers of arrays.
        Assert.True(errors > harmless, $"{errors} errors, {harmless} harmless");

        bool Answers(UserAudienceTable table, KeyValuePair<string, int[]> user)
        {
            try
            {
                Assert.Equal(user.Value, table.Find(user.Key, 100));
                return true;
            }
            catch (KindredException error)
            {
                Require(error);
                return false;
            }
        }

        void Require(KindredException error)
        {
            Assert.Equal(ErrorKind.Corrupt, error.Kind);
            Assert.Contains(_folder["t"], error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_block_is_named_with_its_bytes_and_users_in_other_blocks_are_still_found()
    {
        var users = TestMemberships.Random(9_000, 3_000, 60, 7);
        TestMemberships.Write(_folder["t"], users, 3_000);
        const int Header = 128;
        const int Damaged = Header + (2 << 16) + 100;
        Damage(_folder["t/lists.npy"], bytes => bytes[Damaged] ^= 1);
        using var table = UserAudienceTable.Open(_folder["t"], verify: false);
        var (errors, answers) = (0, 0);
        for (var round = 0; round < 2; round++)
        {
            foreach (var user in users)
            {
                try
                {
                    Assert.Equal(user.Value, table.Find(user.Key, table.LongestList));
                    answers++;
                }
                catch (KindredException error)
                {
                    Assert.Contains($"{_folder["t/lists.npy"]} is damaged: bytes 131,200 to 196,735 (counted from 0) do not match their checksum", error.Message, StringComparison.Ordinal);
                    errors++;
                }
            }
        }

        // 3 of the blocks of lists are whole, and an error is one every time.
        Assert.True(errors > 2_000 && answers > 2 * errors && errors % 2 == 0, $"{errors} errors, {answers} answers");
        Assert.Throws<KindredException>(table.WarmUp);
    }

    [Fact]
    public void Opening_for_look_ups_reads_no_block_and_one_look_up_reads_only_its_blocks()
    {
        var users = TestMemberships.Random(9_000, 3_000, 60, 7);
        TestMemberships.Write(_folder["t"], users, 3_000);
        Damage(_folder["t/lists.npy"], bytes => bytes[^1] ^= 1);
        using var table = UserAudienceTable.Open(_folder["t"], verify: false);
        var first = users.First(user => user.Value.Length > 0);
        Assert.Equal(first.Value, table.Find(first.Key, table.LongestList));
    }

    [Fact]
    public void A_table_of_an_earlier_version_without_checksums_of_blocks_is_verified_as_a_whole_on_opening()
    {
        var users = TestMemberships.Random(60, 100, 20, 5);
        TestMemberships.Write(_folder["t"], users, 100);
        Seal();
        using (var table = UserAudienceTable.Open(_folder["t"], verify: false))
        {
            Assert.All(users, user => Assert.Equal(user.Value, table.Find(user.Key, 100)));
        }

        Damage(_folder["t/lists.npy"], bytes => bytes[^1] ^= 1);
        Assert.Contains("lists.npy is damaged", Assert.Throws<KindredException>(() => UserAudienceTable.Open(_folder["t"], verify: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_contents_with_the_right_checksums_are_an_error_or_another_answer_but_never_a_crash_or_an_endless_search()
    {
        var users = TestMemberships.Random(60, 100, 20, 5);
        TestMemberships.Write(_folder["t"], users, 100);
        Seal();
        var files = Directory.GetFiles(_folder["t"], "*.npy").Order(StringComparer.Ordinal).ToArray();
        var (errors, answers) = (0, 0);
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, int.MaxValue], Gen.Int[1, 40], Gen.Byte).Sample((number, place, length, value) =>
        {
            const int Header = 128;
            var whole = Damage(files[number], bytes =>
            {
                for (var i = 0; i < length; i++) bytes[Header + (place + i) % (bytes.Length - Header)] = value;
            });
            Seal();
            try
            {
                using var table = UserAudienceTable.Open(_folder["t"], verify: false);
                foreach (var user in users.Keys.Append("stranger"))
                {
                    var found = table.Find(user, 100);
                    Assert.Equal(found.Distinct().Order(), found);
                    Assert.All(found, audience => Assert.InRange(audience, 0, 99));
                    answers++;
                }
            }
            catch (KindredException error)
            {
                Assert.Equal(ErrorKind.Corrupt, error.Kind);
                Assert.Contains(_folder["t"], error.Message, StringComparison.Ordinal);
                errors++;
            }
            finally
            {
                File.WriteAllBytes(files[number], whole);
            }
        }, iter: 600, threads: 1);
        Assert.True(errors > 100 && answers > 100, $"{errors} errors, {answers} answers");
    }

    [Fact]
    public void A_table_with_all_slots_taken_still_answers()
    {
        TestMemberships.Write(_folder["t"], new Dictionary<string, int[]> { ["a"] = [1], ["b"] = [2] }, 3);
        Damage(_folder["t/slots.npy"], bytes =>
        {
            for (var i = 128; i < bytes.Length; i += 8) bytes[i] = 1;
        });
        Seal();
        using var table = UserAudienceTable.Open(_folder["t"], verify: false);
        Assert.Empty(table.Find("stranger", 3));
    }

    [Fact]
    public void A_manifest_that_does_not_fit_the_files_is_detected()
    {
        TestMemberships.Write(_folder["t"], TestMemberships.Random(50, 100, 20, 6), 100);
        var manifest = FolderManifest.Read(_folder["t"], "kindred-memberships", 1, "Again");
        foreach (var (key, value) in new (string, JsonNode)[] { ("users", 51), ("users", 13), ("users", -1), ("users", "50"), ("longestList", 101), ("audiences", 1L << 40) })
        {
            var content = (JsonObject)manifest.Content.DeepClone();
            content[key] = value.DeepClone();
            new FolderManifest { Format = manifest.Format, FormatVersion = 1, Content = content, Files = manifest.Files }.Write(_folder["t"]);
            Assert.Equal(ErrorKind.Corrupt, Assert.Throws<KindredException>(() => UserAudienceTable.Open(_folder["t"])).Kind);
        }
    }

    [Fact]
    public void Duplicate_users_and_lists_out_of_order_are_refused_and_nothing_is_written()
    {
        var ids = IdList.From(["a", "b", "c"]);
        AssertRefused(IdList.From(["a", "b", "a"]), new AudienceUsers(0, new[] { 0 }));
        AssertRefused(ids, new AudienceUsers(1, new[] { 0 }), new AudienceUsers(1, new[] { 1 }));
        AssertRefused(ids, new AudienceUsers(2, new[] { 0 }));
        AssertRefused(ids, new AudienceUsers(-1, new[] { 0 }));
        AssertRefused(ids, new AudienceUsers(1, new[] { 1, 1 }));
        AssertRefused(ids, new AudienceUsers(1, new[] { 2, 1 }));
        AssertRefused(ids, new AudienceUsers(1, new[] { 3 }));
        AssertRefused(ids, new AudienceUsers(1, new[] { -1 }));

        void AssertRefused(IdList users, params AudienceUsers[] lists)
        {
            Assert.Throws<ArgumentException>(() => UserAudienceTable.Write(_folder["t"], users, 2, () => lists, TestContext.Current.CancellationToken));
            Assert.False(Directory.Exists(_folder["t"]));
        }
    }

    [Fact]
    public void Lists_that_change_between_counting_and_filling_are_detected()
    {
        AudienceUsers[][] lists = [[new(0, new[] { 0 })], [new(0, new[] { 1 })], [new(0, new[] { 0 }), new(300, new[] { 0 })], []];
        foreach (var (first, second) in lists.SelectMany(first => lists.Where(second => second != first).Select(second => (first, second))))
        {
            var calls = 0;
            Assert.Throws<InvalidOperationException>(() => UserAudienceTable.Write(
                _folder["t"], IdList.From(["a", "b"]), 301, () => calls++ == 0 ? first : second, TestContext.Current.CancellationToken));
            Assert.False(Directory.Exists(_folder["t"]));
        }
    }

    [Fact]
    public void A_short_buffer_is_an_argument_error_and_a_closed_table_is_not_read()
    {
        TestMemberships.Write(_folder["t"], new Dictionary<string, int[]> { ["a"] = [1, 2] }, 3);
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => TestMemberships.Write(_folder["t"], new Dictionary<string, int[]>(), 3)).Kind);
        var table = UserAudienceTable.Open(_folder["t"]);
        table.WarmUp();
        Assert.Throws<ArgumentException>(() => table.Find("a", 1));
        table.Dispose();
        table.Dispose();
        Assert.Throws<ObjectDisposedException>(() => table.Find("a", 2));
    }

    private (string, string)[] Contents(string folder) =>
        [.. Directory.GetFiles(_folder[folder]).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file))))];

    /// <summary>Makes the table one of an earlier version: without checksums of blocks, and with a manifest that fits its files.</summary>
    private void Seal()
    {
        File.Delete(_folder["t/checksums.npy"]);
        var manifest = FolderManifest.Read(_folder["t"], "kindred-memberships", 1, "Again");
        FolderManifest.Describe(_folder["t"], manifest.Format, manifest.FormatVersion, manifest.Content).Write(_folder["t"]);
    }

    private static byte[] Damage(string file, Action<byte[]> how)
    {
        var whole = File.ReadAllBytes(file);
        var bytes = whole.ToArray();
        how(bytes);
        File.WriteAllBytes(file, bytes);
        return whole;
    }
}
