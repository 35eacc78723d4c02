using Kindred.Cli.Shell;
using Kindred.Data.Numpy;
using Kindred.Data.Populations;
using Kindred.Populations;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred import</c>: embeddings from other systems.</summary>
public sealed class ImportTests : IDisposable
{
    private const int Dimension = 5;
    private static readonly string[] _ids = ["zoë", "b", "a10", "a9", "user with space", "Ω"];
    private static readonly float[][] _vectors = [.. _ids.Select((_, i) => Enumerable.Range(0, Dimension).Select(k => MathF.Sin(7 * i + k) / 3).ToArray())];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_user_gets_the_right_vector_country_and_activity()
    {
        var users = _folder.Text("users.csv", "user_id,plan,country,active,clicks\n" + string.Concat(_ids.Select((id, i) => $"{id},p{i % 2},{(i % 2 == 0 ? "HU" : "DE")},{(i == 3 ? 0 : 1)},{i * i}\n")));
        Invocation.Good("import", "--embeddings", Npy(), "--ids", Ids(), "--users", users, "--activity", "clicks", "--shards", "3", "--out", _folder["out"]);
        using var population = PopulationSnapshot.Open(_folder["out"]);
        Assert.Equal(["DE", "HU"], population.Countries);
        Assert.Equal(3, population.Shards.Count);
        for (var i = 0; i < _ids.Length; i++)
        {
            var user = population.Find(Encoding.UTF8.GetBytes(_ids[i]))!.Value;
            var shard = population.Shards[user.Shard];
            Assert.Equal(_vectors[i], Vector(population, _ids[i]));
            Assert.Equal(i % 2 == 0 ? "HU" : "DE", population.Countries[shard.CountryOf(user.Row)]);
            Assert.Equal(i == 3 ? 0 : 1, shard.Active.Span[user.Row]);
            Assert.Equal(Math.Log(1 + i * i), shard.Activity.Span[user.Row], 1e-6);
        }

        var logs = _ids.Select((_, i) => Math.Log(1 + i * i)).ToArray();
        Assert.Equal(logs.Average(), population.Activity.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(logs.Average(value => value * value) - logs.Average() * logs.Average()), population.Activity.Deviation, 1e-6);
        Assert.Equal(["p0", "p1", "p0", "p1", "p0", "p1"], _ids.Select(id => Attribute("plan", id)));
        Assert.Equal(["user_id", "country", "active", "plan"], Columns());
        Invocation.Good("verify", _folder["out"]);

        string? Attribute(string name, string id)
        {
            var table = PopulationSnapshot.ReadUsers(_folder["out"]);
            var at = Enumerable.Range(0, table.Ids.Count).Single(row => table.Ids.GetString(row) == id);
            return table.Attributes[name][at];
        }

        string[] Columns()
        {
            using var table = Data.Tables.TableReader.Open(Path.Combine(_folder["out"], "shard-00000", "users.parquet"));
            return [.. table.Columns];
        }
    }

    [Fact]
    public void Equal_embeddings_give_equal_bytes_from_any_format_order_and_number_of_threads()
    {
        Import("npy", "--embeddings", Npy(), "--ids", Ids());
        Import("ids-csv", "--embeddings", Npy(), "--ids", _folder.Text("ids.csv", "n,user_id\n" + string.Concat(_ids.Select((id, i) => $"{i},{id}\n"))), "--threads", "1");
        Import("csv", "--embeddings", Csv());
        Import("ranges", "--embeddings", _folder.Text("more.csv", Rows("uid,plan", id => id + ",gold", "e")), "--user-column", "uid", "--embedding-columns", "e0..e2", "e3,e4");
        Import("flat", "--embeddings", Parquet("flat.parquet", lists: false));
        Import("list", "--embeddings", Parquet("list.parquet", lists: true));
        Import("doubles", "--embeddings", Parquet("doubles.parquet", lists: true, doubles: true));
        Import("f8", "--embeddings", NpyOf("<f8", [.. _vectors.SelectMany(vector => vector).SelectMany(value => BitConverter.GetBytes((double)value))]), "--ids", Ids());
        Import("parts", "--embeddings", Part("1.csv", _ids.Reverse().Take(2)), Part("2.csv", _ids.Take(4)));
        Import("python", "--embeddings", _folder.Text("python.csv", Texts("user_id,embedding", ", ", "\"[", "]\"", _ids)));
        Import("numpy", "--embeddings", _folder.Text("numpy.csv", Texts("user_id,plan,embedding", "\n  ", "gold,\"[ ", " ]\"", _ids)));
        Import("semicolons", "--embeddings", _folder.Text("semicolons.csv", Texts("user_id;e", " ", "[", "]", _ids)), "--embedding-columns", "e");
        Import("mixed", "--embeddings", _folder.Text("mixed.csv", Texts("user_id,embedding", ",", "\"[", "]\"", _ids.Take(2))), _folder.Text("mixed.jsonl", string.Concat(_ids.Skip(2).Select(id => $"{{\"user_id\":\"{id}\",\"vector\":\"[{Numbers(id, " ")}]\"}}\n"))));
        foreach (var other in new[] { "ids-csv", "csv", "ranges", "flat", "list", "doubles", "f8", "parts", "python", "numpy", "semicolons", "mixed" }) FolderContents.AssertSame(_folder["npy"], _folder[other]);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), path => Path.GetFileName(path).StartsWith('.'));

        static string Texts(string header, string between, string start, string end, IEnumerable<string> ids) => header + "\n" + string.Concat(ids.Select(id => $"{id}{header[7]}{start}{Numbers(id, between)}{end}\n"));
        string Part(string name, IEnumerable<string> ids) => _folder.Text(name, Rows("user_id", id => id, "x", ids));
        void Import(string name, params string[] arguments) => Invocation.Good(["import", .. arguments, "--out", _folder[name]]);
    }

    [Fact]
    public void Half_precision_is_converted_exactly()
    {
        var bytes = _vectors.SelectMany(vector => vector).SelectMany(value => BitConverter.GetBytes((Half)value)).ToArray();
        Invocation.Good("import", "--embeddings", NpyOf("<f2", bytes), "--ids", Ids(), "--out", _folder["out"]);
        using var population = PopulationSnapshot.Open(_folder["out"]);
        for (var i = 0; i < _ids.Length; i++) Assert.Equal(_vectors[i].Select(value => (float)(Half)value), Vector(population, _ids[i]));
    }

    [Fact]
    public void Country_and_active_may_be_columns_of_the_embeddings_under_other_names()
    {
        var file = _folder.Text("all.csv", Rows("user_id,land,aktiv,n", id => $"{id},{(id == "b" ? "HU" : "DE")},{(id == "a9" ? 0 : 1)},3", "e"));
        var run = Invocation.Good("import", "--embeddings", file, "--country-column", "land", "--active-column", "aktiv", "--activity", "n", "--out", _folder["out"], "--output", "json").Json;
        Assert.Equal((6, 5, 5), ((int)run["users"]!, (int)run["active_users"]!, (int)run["dimension"]!));
        var manifest = PopulationSnapshot.ReadManifest(_folder["out"]);
        Assert.Equal([("DE", 5L), ("HU", 1L)], manifest.Countries.Select(country => (country.Name, country.Users)));
        Assert.Equal("column", manifest.Recipe["active_by"]);
    }

    [Fact]
    public void Without_counts_activity_is_unknown_and_models_work_without_it()
    {
        var world = new ImportWorld(_folder);
        var run = Invocation.Good("import", "--embeddings", world.Vectors, "--ids", world.Ids, "--out", _folder["out"]);
        Assert.Contains("The users' number of interactions is unknown", run.Error, StringComparison.Ordinal);
        using var population = PopulationSnapshot.Open(_folder["out"]);
        Assert.False(population.HasActivity);
        foreach (var method in new[] { "mlp", "linear", "nearest", "centroid", "lsh" })
        {
            Invocation.Good("train", "--population", _folder["out"], "--seeds", world.Seeds, "--method", method, "--out", _folder[method]);
            Invocation.Good("expand", "--population", _folder["out"], "--models", _folder[method], "--size", "50", "--out", _folder["audience-" + method]);
            // Seeds share one embedding direction. So do the users found, far more often than their population share of a fifth.
            var found = AudienceFiles.Read(_folder["audience-" + method])["fifth"];
            Assert.True(found.Count(row => world.IsAlike(row.UserId)) > 45, method);
        }

        var reads = Invocation.Of("train", "--population", _folder["out"], "--seeds", world.Seeds, "--method", "iv", "--out", _folder["iv"]);
        Assert.Equal(ExitCode.BadInput, reads.Code);
        Assert.Contains("Use a method", reads.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_fit_other_imports_only_in_the_same_space()
    {
        var world = new ImportWorld(_folder);
        Import("monday", world.Vectors, "--space", "two-tower");
        Import("tuesday", world.Moved, "--space", "two-tower");
        Import("renamed", world.Moved, "--space", "three-tower");
        Import("own", world.Vectors);
        Import("own-again", world.Vectors);
        Import("own-moved", world.Moved);
        Invocation.Good("train", "--population", _folder["monday"], "--seeds", world.Seeds, "--out", _folder["models"]);
        Invocation.Good("train", "--population", _folder["own"], "--seeds", world.Seeds, "--out", _folder["own-models"]);
        Assert.Equal((0, 0, 42, 42), (Expand("models", "monday"), Expand("models", "tuesday"), Expand("models", "renamed"), Expand("models", "own")));
        Assert.Equal((0, 42, 42), (Expand("own-models", "own-again"), Expand("own-models", "own-moved"), Expand("own-models", "monday")));

        // A model that reads activity cannot work without it, even in a space of the same name.
        var counts = _folder.Text("counts.csv", "user_id,n\n" + string.Concat(world.Users.Select((id, i) => $"{id},{i % 7}\n")));
        Import("counted", world.Vectors, "--space", "two-tower", "--users", counts, "--activity", "n");
        Assert.Equal(42, Expand("models", "counted"));

        void Import(string name, string vectors, params string[] more) => Invocation.Good(["import", "--embeddings", vectors, "--ids", world.Ids, "--out", _folder[name], .. more]);
        int Expand(string models, string population) => Invocation.Of("expand", "--population", _folder[population], "--models", _folder[models], "--size", "10", "--out", _folder[$"a-{models}-{population}"]).Code;
    }

    [Fact]
    public void Users_in_only_one_of_the_files_are_left_out_and_counted()
    {
        var users = _folder.Text("users.csv", "user_id,country\nnobody,FR\na9,HU\nzoë,DE\nsomebody,FR\n");
        var run = Invocation.Good("import", "--embeddings", Csv(), "--users", users, "--out", _folder["out"]);
        Assert.Contains("Left out 4 embeddings of users that the users' file does not have.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Left out 2 users who have no embedding.", run.Error, StringComparison.Ordinal);
        using var population = PopulationSnapshot.Open(_folder["out"]);
        Assert.Equal(["DE", "HU"], population.Countries);
        Assert.Equal(2, population.UserCount);
        Assert.Equal(_vectors[3], Vector(population, "a9"));
        Assert.Equal(_vectors[0], Vector(population, "zoë"));

        var strangers = Invocation.Of("import", "--embeddings", Csv(), "--users", _folder.Text("strangers.csv", "user_id\n17\n"), "--out", _folder["none"]);
        Assert.Equal(ExitCode.BadInput, strangers.Code);
        Assert.Contains("there an id looks like '17', here like 'a10'", strangers.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Updating_or_tuning_an_imported_population_is_refused_with_a_remedy()
    {
        Invocation.Good("import", "--embeddings", Csv(), "--out", _folder["out"]);
        var update = Invocation.Of("embed", "--update", _folder["out"], "--interactions", _folder["missing.csv"], "--out", _folder["updated"]);
        Assert.Equal(ExitCode.BadInput, update.Code);
        Assert.Contains($"{_folder["out"]} was imported", update.Error, StringComparison.Ordinal);
        Assert.Contains("kindred import", update.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, Invocation.Of("tune", "--population", _folder["out"]).Code);
    }

    [Theory]
    [InlineData("user_id,e0,e1\na,1,NaN\n", "line 2, column 'e1': 'NaN' in the embedding of user 'a' is no finite float32")]
    [InlineData("user_id,e0,e1\na,1,2\nb,-inf,2\n", "line 3, column 'e0'", "user 'b'")]
    [InlineData("user_id,e0,e1\na,1e39,2\n", "no finite float32", "'a'")]
    [InlineData("user_id,e0,e1\na,1,2\nb,gold,2\n", "line 3, column 'e0': 'gold' in the embedding of user 'b' is not a number", "--embedding-columns")]
    [InlineData("user_id;e0;e1\na;1;2\nb;-0,25;2\n", "line 3, column 'e0': '-0,25' has a decimal comma", "Export with a decimal point")]
    [InlineData("user_id,e0,e1\na,1,2\nb,,2\n", "line 3, column 'e0': '' in the embedding of user 'b' is not a number")]
    [InlineData("user_id,e0,e1\na,1,2\nb,1\n", "line 3", "2 values", "3 columns")]
    [InlineData("user_id,e\na,\"[1, 2]\"\nb,\"[1, 2, 3]\"\n", "line 3, column 'e': the embedding of user 'b' has 3 numbers, but that of the first row 2")]
    [InlineData("user_id,e\na,[]\n", "line 2, column 'e': the embedding of user 'a' has 0 numbers")]
    [InlineData("user_id,e\na,[1 2]\nb,[1 nan]\n", "line 3, column 'e': number 2 in the embedding of user 'b' is missing, NaN, infinite")]
    [InlineData("user_id,e\na,[1 1e39]\n", "line 2, column 'e': number 2 in the embedding of user 'a' is missing, NaN, infinite or beyond float32")]
    [InlineData("user_id,e\na,[1 2]\nb,[1 gold]\n", "line 3, column 'e': in the embedding of user 'b' number 2 of the list is 'gold', which is not a number", "[0.5, -1]")]
    [InlineData("user_id,e\na,\"[1,,2]\"\n", "line 2, column 'e': in the embedding of user 'a' number 2 of the list is '', which is not a number")]
    [InlineData("user_id,e\na,\"[1, 2,]\"\n", "number 3 of the list is ''")]
    [InlineData("user_id,e\na,\"[,1]\"\n", "number 1 of the list is ''")]
    [InlineData("user_id,e\na,\"[1, 2 3]\"\n", "number 3 of the list follows no comma, but others are")]
    [InlineData("user_id,e\na,\"[0,5, 0,7]\"\n", "line 2, column 'e': in the embedding of user 'a' some commas of the list are followed by a blank and others are not", "decimal commas")]
    [InlineData("user_id,e\na,\"[1,\n2,3]\"\n", "some commas of the list are followed by a blank and others are not")]
    [InlineData("user_id,e\na,\"[[1, 2]]\"\n", "number 1 of the list is '[1'")]
    [InlineData("user_id,e\na,[1 2]\nb,[1\n", "line 3, column 'e': in the embedding of user 'b' '[1' is not a list from [ to ]", "cut off")]
    [InlineData("user_id,e\na,[1 2]\nb,\n", "line 3, column 'e': in the embedding of user 'b' '' is not a list")]
    [InlineData("user_id,e\na,[0.1 0.2 ... 0.8 0.9]\n", "line 2, column 'e': in the embedding of user 'a' the list has ... in place of most numbers", "vector.tolist()")]
    [InlineData("user_id,e,f\na,[1 2],[3 4]\n", "there are 2 columns of lists ('e', 'f')", "--embedding-columns")]
    [InlineData("{\"user_id\":\"a\",\"e\":\"[1, 2]\"}\n{\"user_id\":\"b\",\"e\":\"[1, x]\"}\n", "line 2, column 'e': in the embedding of user 'b' number 2 of the list is 'x'")]
    [InlineData("user_id,e0,e1\na,1,2\nb,1,2\na,1,2\n", "line 4, column 'user_id': user 'a' occurs twice (first in", "line 2")]
    [InlineData("user_id,e0,e1\n,1,2\n", "line 2, column 'user_id': the id is empty", "1 to 128 bytes")]
    [InlineData("user_id,e0,e1\nx23456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789,1,2\n", "has 129 bytes")]
    [InlineData("user_id,e0\n", "no rows of embeddings")]
    [InlineData("user_id,country\na,HU\n", "0 columns would hold the embedding")]
    [InlineData("uid,e0\na,1\n", "no column 'user_id'", "'uid'")]
    [InlineData("", "the file is empty")]
    public void A_bad_table_is_refused_with_line_user_and_remedy_and_leaves_nothing(string text, params string[] words)
    {
        AssertRefused(ExitCode.BadInput, words, "--embeddings", _folder.Text("bad.csv", text));
    }

    [Theory]
    [InlineData("--embeddings {csv} --ids {ids}", 2, "A file of ids was given")]
    [InlineData("--embeddings {npy}", 2, "Give --ids FILE")]
    [InlineData("--embeddings {npy} {csv} --ids {ids}", 2, "1 of the 2 files", "np.concatenate")]
    [InlineData("--embeddings {npy} --ids {ids} --embedding-columns e0", 2, "Columns of the embedding were named")]
    [InlineData("--embeddings {csv} --embedding-columns e9", 42, "no column 'e9'")]
    [InlineData("--embeddings {csv} --embedding-columns e3..e1", 42, "'e3' comes after 'e1'", "e1..e3")]
    [InlineData("--embeddings {csv} --activity clicks", 42, "The column of activity is 'clicks'")]
    [InlineData("--embeddings {csv} --shards -1", 2, "--shards is -1")]
    [InlineData("--embeddings {csv} --threads 0", 2, "--threads is 0")]
    [InlineData("--embeddings {missing} --ids {ids}", 42, "there is no such file")]
    [InlineData("--embeddings {npy} --ids {short}", 42, "5 ids", "6 rows", "same order")]
    [InlineData("--embeddings {npy} --ids {headed}", 42, "7 ids", "6 rows", "--user-column")]
    [InlineData("--embeddings {npy} --ids {twice}", 42, "line 6", "user 'b' occurs twice", "line 2")]
    [InlineData("--embeddings {csv} --users {negative} --activity n", 42, "line 2, column 'n'", "'-1' is negative")]
    public void A_bad_request_is_refused_and_leaves_nothing(string arguments, int code, params string[] words)
    {
        var paths = new Dictionary<string, string>
        {
            ["{csv}"] = Csv(),
            ["{npy}"] = Npy(),
            ["{ids}"] = Ids(),
            ["{missing}"] = _folder["missing.npy"],
            ["{short}"] = _folder.Text("short.txt", string.Join('\n', _ids.Skip(1))),
            ["{headed}"] = _folder.Text("headed.txt", "uid\n" + string.Join('\n', _ids)),
            ["{twice}"] = _folder.Text("twice.txt", string.Join('\n', _ids.SkipLast(1)) + "\nb"),
            ["{negative}"] = _folder.Text("negative.csv", "user_id,n\nb,-1\n"),
        };
        AssertRefused(code, words, [.. arguments.Split(' ').Select(word => paths.GetValueOrDefault(word, word))]);
    }

    [Theory]
    [InlineData("<f4", 6, false, 0f, 4, "its shape [6, 5] needs", "cut off or damaged")]
    [InlineData("<f4", 6, true, 0f, 0, "Fortran order", "np.ascontiguousarray")]
    [InlineData(">f4", 6, false, 0f, 0, "'>f4'", "'<f4'")]
    [InlineData("<i4", 6, false, 0f, 0, "'<i4'")]
    [InlineData("|O", 6, false, 0f, 0, "'|O'")]
    [InlineData("<f4", 0, false, 0f, 0, "it has no rows")]
    [InlineData("<f4", 6, false, float.NaN, 0, "row 2 (from 0), user 'a10': number 3 (from 0) is NaN")]
    [InlineData("<f4", 6, false, float.PositiveInfinity, 0, "row 2 (from 0), user 'a10'")]
    public void A_bad_array_is_refused_with_row_user_and_remedy(string type, int rows, bool fortran, float value, int cut, params string[] words)
    {
        var numbers = _vectors.SelectMany(vector => vector).ToArray();
        if (value != 0) numbers[2 * Dimension + 3] = value;
        var bytes = numbers.SelectMany(BitConverter.GetBytes).ToArray();
        var file = NpyOf(type, bytes[..(rows == 0 ? 0 : bytes.Length - cut)], rows, fortran);
        AssertRefused(ExitCode.BadInput, words, "--embeddings", file, "--ids", Ids());
    }

    [Fact]
    public void Lists_with_a_wrong_length_a_missing_number_or_no_number_are_refused_by_user()
    {
        AssertRefused(ExitCode.BadInput, ["row 2", "user 'b' has 2 numbers", "first row 3"], "--embeddings", Lists([1, 2, 3], [1, 2]));
        AssertRefused(ExitCode.BadInput, ["row 2", "user 'b' has 0 numbers"], "--embeddings", Lists([1, 2, 3], []));
        AssertRefused(ExitCode.BadInput, ["row 1", "user 'zoë' has 0 numbers", "1 to 4,096"], "--embeddings", Lists(lists: [[]]));
        AssertRefused(ExitCode.BadInput, ["row 2", "number 2 in the embedding of user 'b' is missing, NaN"], "--embeddings", Lists([1, 2, 3], [1, null, 3]));
        AssertRefused(ExitCode.BadInput, ["row 2", "number 3 in the embedding of user 'b'"], "--embeddings", Lists([1, 2, 3], [1, 2, float.NaN]));
    }

    [Fact]
    public void Long_lists_across_batches_and_row_groups_are_read_exactly()
    {
        const int Users = 20_000, Length = 37, Group = 7_001;
        var file = _folder["long.parquet"];
        using (var writer = new ParquetFileWriter(file, [new Column<string>("user_id"), new Column<float[]>("vector")]))
        {
            for (var first = 0; first < Users; first += Group)
            {
                var users = Enumerable.Range(first, Math.Min(Group, Users - first)).ToArray();
                using var group = writer.AppendRowGroup();
                using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch([.. users.Select(user => $"u{user}")]);
                using (var vectors = group.NextColumn().LogicalWriter<float[]>()) vectors.WriteBatch([.. users.Select(Expected)]);
            }

            writer.Close();
        }

        Invocation.Good("import", "--embeddings", file, "--out", _folder["out"]);
        using var population = PopulationSnapshot.Open(_folder["out"]);
        Assert.Equal(Users, population.UserCount);
        for (var user = 0; user < Users; user += 13) Assert.Equal(Expected(user), Vector(population, $"u{user}"));

        static float[] Expected(int user) => [.. Enumerable.Range(0, Length).Select(k => user + k / 64f)];
    }

    private void AssertRefused(int code, string[] words, params string[] arguments)
    {
        Directory.CreateDirectory(_folder["scratch"]);
        var run = Invocation.Of(["import", .. arguments, "--out", Path.Combine(_folder["scratch"], "out")]);
        Assert.Equal(code, run.Code);
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["scratch"]));
    }

    private static float[] Vector(Population population, string id)
    {
        var user = population.Find(Encoding.UTF8.GetBytes(id))!.Value;
        return population.Shards[user.Shard].Embeddings.Slice(user.Row * population.Dimension, population.Dimension).ToArray();
    }

    private string Ids() => _folder.Text("ids.txt", string.Join('\n', _ids) + "\n");

    private string Npy()
    {
        NpyFile.Write<float>(_folder["vectors.npy"], [.. _vectors.SelectMany(vector => vector)], _ids.Length, Dimension);
        return _folder["vectors.npy"];
    }

    private string NpyOf(string type, byte[] data, int rows = 6, bool fortran = false)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({rows}, {Dimension}), }}".PadRight(117) + "\n";
        File.WriteAllBytes(_folder["of.npy"], [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. data]);
        return _folder["of.npy"];
    }

    private string Csv() => _folder.Text("vectors.csv", Rows("user_id", id => id, "e"));

    private static string Rows(string header, Func<string, string> start, string prefix, IEnumerable<string>? ids = null) =>
        header + string.Concat(Enumerable.Range(0, Dimension).Select(k => $",{prefix}{k}")) + "\n"
        + string.Concat((ids ?? _ids).Select(id => $"{start(id)},{string.Join(',', _vectors[Array.IndexOf(_ids, id)].Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}\n"));

    private static string Numbers(string id, string between) =>
        string.Join(between, _vectors[Array.IndexOf(_ids, id)].Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    private string Parquet(string name, bool lists, bool doubles = false)
    {
        Column[] vectors = lists ? [doubles ? new Column<double[]>("embedding") : new Column<float[]>("embedding")] : [.. Enumerable.Range(0, Dimension).Select(k => new Column<float>($"e{k}"))];
        using var writer = new ParquetFileWriter(_folder[name], [new Column<string>("user_id"), .. vectors]);
        using (var group = writer.AppendRowGroup())
        {
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch(_ids);
            for (var k = 0; k < vectors.Length; k++)
            {
                using var column = group.NextColumn();
                if (!lists) column.LogicalWriter<float>().WriteBatch([.. _vectors.Select(vector => vector[k])]);
                else if (doubles) column.LogicalWriter<double[]>().WriteBatch([.. _vectors.Select(vector => Array.ConvertAll(vector, value => (double)value))]);
                else column.LogicalWriter<float[]>().WriteBatch(_vectors);
            }
        }

        writer.Close();
        return _folder[name];
    }

    private string Lists(params float?[][] lists)
    {
        using var writer = new ParquetFileWriter(_folder["lists.parquet"], [new Column<string>("user_id"), new Column<float?[]>("embedding")]);
        using (var group = writer.AppendRowGroup())
        {
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch(_ids[..lists.Length]);
            using (var column = group.NextColumn().LogicalWriter<float?[]>()) column.WriteBatch(lists);
        }

        writer.Close();
        return _folder["lists.parquet"];
    }

    /// <summary>A thousand users, a fifth of whom share one embedding direction, and a seed list of some of these.</summary>
    private sealed class ImportWorld
    {
        private const int Length = 8;

        public ImportWorld(TemporaryFolder folder)
        {
            var numbers = new float[Users.Length * Length];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = MathF.Sin(i * 12.9898f) + (i / Length % 5 == 0 && i % Length == 2 ? 4 : 0);
            Vectors = folder["world.npy"];
            Moved = folder["moved.npy"];
            NpyFile.Write<float>(Vectors, numbers, Users.Length, Length);
            numbers[0] += 1;
            NpyFile.Write<float>(Moved, numbers, Users.Length, Length);
            Ids = folder.Text("world.txt", string.Join('\n', Users));
            Seeds = folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(Users.Where((_, i) => i % 10 == 0).Select(user => $"fifth,{user}\n")));
        }

        public string[] Users { get; } = [.. Enumerable.Range(0, 1000).Select(i => $"u{i}")];

        public string Vectors { get; }

        public string Moved { get; }

        public string Ids { get; }

        public string Seeds { get; }

        public bool IsAlike(string user) => int.Parse(user[1..], System.Globalization.CultureInfo.InvariantCulture) % 5 == 0;
    }
}
