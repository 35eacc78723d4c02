using System.IO.Compression;
using System.Text;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Shell;

/// <summary>Tests of standard input instead of files, and standard output instead of folders.</summary>
public sealed class PipeTests(SmallWorld world) : IDisposable
{
    private readonly DailyWorld _days = world.Days;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Seed_lists_from_a_pipe_train_the_same_models_as_the_file(bool gzip)
    {
        var seeds = File.ReadAllBytes(world.Seeds);
        var run = KindredProcess.Piped(gzip ? Gzip(seeds) : seeds, "train", "--population", world.Population, "--seeds", "-", "--out", _folder["models"]);
        Assert.True(run.Code == ExitCode.Success, run.Error);
        FolderContents.AssertSame(world.Models, _folder["models"]);
    }

    [Fact]
    public void Seed_lists_as_JSON_lines_from_a_pipe_train_the_same_models_as_the_file()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(world.SeedsOf.SelectMany(list => list.Value.Select(user => $"{{\"user_id\":\"{user}\",\"seed_list_id\":\"{list.Key}\"}}\n"))));
        foreach (var (input, at) in new[] { lines, Gzip(lines) }.Select((input, at) => (input, at)))
        {
            var run = KindredProcess.Piped(input, "train", "--population", world.Population, "--seeds", "-", "--out", _folder[$"models-{at}"]);
            Assert.True(run.Code == ExitCode.Success, run.Error);
            FolderContents.AssertSame(world.Models, _folder[$"models-{at}"]);
        }
    }

    [Fact]
    public void Interactions_from_a_pipe_make_the_same_population_as_the_file()
    {
        var run = KindredProcess.Piped(File.ReadAllBytes(world.Interactions), "embed", "--interactions", "-", "--users", world.Users, "--dimension", "16", "--out", _folder["population"], "--quiet");
        Assert.True(run.Code == ExitCode.Success, run.Error);
        FolderContents.AssertSame(world.Population, _folder["population"]);
        run = KindredProcess.Piped(File.ReadAllBytes(world.Users), "embed", "--interactions", world.Interactions, "--users", "-", "--dimension", "16", "--out", _folder["population-2"], "--quiet");
        Assert.True(run.Code == ExitCode.Success, run.Error);
        FolderContents.AssertSame(world.Population, _folder["population-2"]);
    }

    [Fact]
    public void Excluded_users_from_a_pipe_equal_those_of_the_file()
    {
        var text = "user_id\n" + string.Concat(world.People.Take(500).Select(person => person.Id + "\n"));
        string[] expand = ["expand", "--population", world.Population, "--models", world.Models, "--size", "50", "--quiet", "--exclude"];
        Invocation.Good([.. expand, _folder.Text("gone.csv", text), "--out", _folder["expected"]]);
        var run = KindredProcess.Piped(Encoding.UTF8.GetBytes(text), [.. expand, "-", "--out", _folder["piped"]]);
        Assert.True(run.Code == ExitCode.Success, run.Error);
        FolderContents.AssertSame(_folder["expected"], _folder["piped"]);
    }

    [Fact]
    public void An_unnamed_list_from_a_pipe_is_called_stdin()
    {
        var text = "user_id\n" + string.Concat(world.SeedsOf["advertiser-01"].Order(StringComparer.Ordinal).Select(id => id + "\n"));
        var run = KindredProcess.Piped(Encoding.UTF8.GetBytes(text), "expand", "--population", world.Population, "--seeds", "-", "--size", "5", "--out", "-", "--quiet");
        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.All(Csv.Parse(run.Output), row => Assert.Equal("stdin", row["seed_list_id"]));
    }

    [Fact]
    public void Audiences_on_standard_output_equal_the_files_in_one_table()
    {
        string[] expand = ["expand", "--population", world.Population, "--models", world.Models, "--size", "1%", "--size", "70"];
        var table = Invocation.Good([.. expand, "--out", _folder["audiences"], "--output", "json"]).Json["lists"]!.AsArray().Select(list => list!["seed_list_id"]!.GetValue<string>())
            .Select(list => File.ReadAllText(_folder[$"audiences/{list}.csv"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => $"{list},{line}\n"));
        var run = KindredProcess.In(_folder.Path, [.. expand, "--out", "-"]);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("seed_list_id,user_id,score,rank\n" + string.Concat(table.SelectMany(lines => lines)), run.Output);
        Assert.False(Directory.Exists(_folder["-"]));
    }

    [Fact]
    public void Ids_from_a_pipe_are_looked_up_like_ids_on_the_command_line()
    {
        string[] ids = [.. world.People.Take(30).Select(person => person.Id), "nobody", world.People[0].Id];
        foreach (var output in new[] { "text", "json" })
        {
            var expected = Invocation.Good(["lookup", .. ids, "--store", _days.FirstDay, "--output", output]).Output;
            foreach (var text in new[] { string.Join('\n', ids), "user_id\n" + string.Join('\n', ids) + "\n", "name,user_id\n" + string.Concat(ids.Select(id => $"x,{id}\n")) })
            {
                var run = KindredProcess.Piped(Encoding.UTF8.GetBytes(text), "lookup", "-", "--store", _days.FirstDay, "--output", output);
                Assert.Equal((ExitCode.Success, expected), (run.Code, run.Output));
            }
        }
    }

    [Fact]
    public void Users_from_a_pipe_are_forgotten()
    {
        var store = _days.Copy(_days.FirstDay);
        var run = KindredProcess.Piped("user_id\nu0000017\nu0000018\n"u8.ToArray(), "forget", "--users", "-", "--store", store, "--output", "json");
        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Equal(2, run.Json["asked_for"]!.GetValue<int>());
        Assert.Contains("u0000018 is not known", Invocation.Good("lookup", "u0000018", "--store", store).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_out_users_may_come_from_a_pipe()
    {
        var holdout = _folder.Text("holdout.csv", "seed_list_id,user_id\n" + string.Concat(world.SeedsOf.SelectMany(list => list.Value.Order(StringComparer.Ordinal).Take(5).Select(id => $"{list.Key},{id}\n"))));
        string[] evaluate = ["evaluate", "--population", world.Population, "--seeds", world.Seeds, "--output", "json", "--quiet", "--holdout"];
        var run = KindredProcess.Piped(File.ReadAllBytes(holdout), [.. evaluate, "-"]);
        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Equal(Invocation.Good([.. evaluate, holdout]).Output.ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public void Units_from_a_pipe_are_assigned_with_or_without_a_header()
    {
        foreach (var text in new[] { "u0000001\nuser-42\n", "user_id\nu0000001\nuser-42\n", "{\"user_id\":\"u0000001\"}\n{\"user_id\":\"user-42\"}\n" })
        {
            var run = KindredProcess.Piped(Encoding.UTF8.GetBytes(text), "experiment", "assign", "--salt", "checkout", "--arm", "control=1", "treatment=1", "--units", "-", "--quiet");
            Assert.Equal((ExitCode.Success, "user_id,arm\nu0000001,treatment\nuser-42,control\n"), (run.Code, run.Output));
        }
    }

    public static TheoryData<byte[], string[]> BadInputs => new()
    {
        { [], ["stdin: line 1: nothing came in", "Pipe a table"] },
        { "PAR1 and more"u8.ToArray(), ["stdin: this is Parquet", "Write it to a file"] },
        { "customer,segment\na,b\n"u8.ToArray(), ["stdin: line 1: there is no column 'user_id'"] },
        { "user_id,x\na,b\nc\n"u8.ToArray(), ["stdin, line 3", "1 values", "2 columns"] },
        { [.. "user_id\na\nb"u8, 0xFF, .. "\nc\n"u8], ["stdin, line ", "not UTF-8"] },
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("user_id\na\n")], ["stdin: this is text in UTF-16", "Save it as UTF-8"] },
        { [.. "PK"u8, 3, 4, 20, 0], ["stdin: this is a ZIP archive", "Unpack it"] },
        { Gzip([0x28, 0xB5, 0x2F, 0xFD, 0]), ["stdin: this is compressed by zstd, which is not read, inside gzip", "zstd -d"] },
        { Gzip("user_id\na\nb\n"u8.ToArray())[..^6], ["stdin: the gzip file is damaged or ends too early"] },
        { "\n\nuser_id\n"u8.ToArray(), ["stdin, line 1: the header line is empty"] },
        { "user_id\n"u8.ToArray(), ["line 2: the header is there, but no rows"] },
    };

    [Theory]
    [MemberData(nameof(BadInputs))]
    public void Bad_standard_input_is_refused_with_a_message_and_leaves_nothing(byte[] input, string[] says)
    {
        var run = KindredProcess.Piped(input, "train", "--population", world.Population, "--seeds", "-", "--out", _folder["models"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.All(says, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Gzip(byte[] text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(text);
        return bytes.ToArray();
    }
}
