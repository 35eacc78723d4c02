using Kindred.Cli.Shell;
using Kindred.Reports;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests that control characters in ids reach no terminal, and that data for programs stays exact.</summary>
public sealed class VisibleIdsTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>An id of each class of characters, and what people see of it.</summary>
    public static TheoryData<string, string> Ids => new()
    {
        { "x\u001b[2Jy", @"x\x1B[2Jy" }, { "x\ry", @"x\x0Dy" }, { "x\ny", @"x\x0Ay" }, { "x\ty", @"x\x09y" }, { "x\u007fy", @"x\x7Fy" },
        { "x\u0085y", @"x\x85y" }, { "x\u009b2Jy", @"x\x9B2Jy" }, { "x\u202ay", @"x\u202Ay" }, { "x\u202ey", @"x\u202Ey" },
        { "x\u2066y", @"x\u2066y" }, { "x\u2069y", @"x\u2069y" }, { "x\u2028y", @"x\u2028y" }, { "x\ufeffy", @"x\uFEFFy" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Tables_notes_and_errors_show_control_characters_escaped(string id, string shown)
    {
        var seeds = Seeds(id);
        string[] command = ["expand", "--population", world.Population, "--seeds", seeds, "--epochs", "1", "--size", "10"];
        Shows(shown, Invocation.Good([.. command, "--out", _folder["out"]]).Output);
        Shows(shown, Invocation.Of("check", "--population", world.Population, "--seeds", seeds, "--minimum-seeds", "10").Output);
        Shows(shown, Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds).Output);
        Shows(shown, Invocation.Good("lookup", id, "--store", world.Days.SecondDay).Output);
        Shows(shown, Failed([.. command, "--out", _folder["other"], "--country", id]));
        Shows(shown, Failed("lookup", "u", "--store", _folder[id]));
        Shows(shown, Failed("show", _folder[id]));
        Shows(shown, Failed(id));
        Shows(shown, Failed("expand", $"--{id}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_folder_that_show_describes_is_named_with_escapes(string id, string shown)
    {
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder[id]);
        Shows(shown, Invocation.Good("show", _folder[id]).Output);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Json_has_the_exact_id_and_no_control_character(string id, string shown)
    {
        Assert.NotEqual(id, shown);
        var run = Invocation.Good("expand", "--population", world.Population, "--seeds", Seeds(id), "--epochs", "1", "--size", "10", "--output",
            "json", "--out", _folder["out"]);
        Assert.DoesNotContain(run.Output, letter => letter != '\n' && VisibleText.Of($"{letter}").Length > 1);
        Assert.Equal(id, run.Json["lists"]![0]!["seed_list_id"]!.GetValue<string>());
    }

    [Fact]
    public void Csv_for_programs_has_the_exact_ids()
    {
        const string Id = "x\u001b\u202e\n\ty";
        var run = Invocation.Good("expand", "--population", world.Population, "--seeds", Seeds(Id), "--epochs", "1", "--size", "10", "--out", "-");
        Assert.Contains($"\n\"{Id}\",", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_on_a_terminal_is_escaped_also_where_a_field_has_a_line_feed()
    {
        var terminal = new StringWriter { NewLine = "\n" };
        using (var writer = new VisibleTextWriter(terminal, quoted: true))
        {
            writer.Write("id\n\"a\nb\u001b\",\"c\"\"\n\",");
            writer.Write("\"d");
            writer.Write("\n\"\n");
        }

        Assert.Equal("id\n\"a\\x0Ab\\x1B\",\"c\"\"\\x0A\",\"d\\x0A\"\n", terminal.ToString());
    }

    [Fact]
    public void Letters_of_all_scripts_stay()
    {
        const string Text = "Ĺéß 漢字 नि عربي 👍🏽 a\\b | ~";
        Assert.Same(Text, VisibleText.Of(Text));
    }

    private static void Shows(string shown, string text)
    {
        Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, letter => letter != '\n' && VisibleText.Of($"{letter}").Length > 1);
        // A line feed of the id would begin a line with its rest.
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith('y'));
    }

    private static string Failed(params string[] arguments)
    {
        var run = Invocation.Of(arguments);
        Assert.NotEqual(ExitCode.Success, run.Code);
        return run.Error;
    }

    private string Seeds(string id) => _folder.Text("seeds.csv", "seed_list_id,user_id\n"
        + string.Concat(world.People.Where(person => person.Active).Take(30).Select(person => $"\"{id}\",{person.Id}\n")));
}
