using Kindred.Cli.Shell;
using Kindred.Experiments.Assignment;

namespace Kindred.Cli.Tests.Commands;

public sealed class ExperimentAssignTests(SmallWorld world) : IDisposable
{
    private static readonly string[] _plain = ["experiment", "assign", "--salt", "checkout", "--arm", "control=1", "treatment=1"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Units_of_a_file_get_the_librarys_arms_in_file_order()
    {
        var run = Invocation.Good([.. _plain, "--units", world.Users, "--out", _folder["arms.csv"]]);
        var assignment = new UnitAssignment("checkout", [new("control", 1), new("treatment", 1)]);
        Assert.Equal(world.People.Select(person => (person.Id, assignment.ArmOf(person.Id)!)), Csv.Read(_folder["arms.csv"]).Select(row => (row["user_id"], row["arm"])));
        Assert.Contains("The counts fit the planned shares", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 4,000 units are not in the experiment.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["arms.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Without_an_output_file_rows_go_to_standard_output_and_the_summary_to_standard_error()
    {
        var run = Invocation.Good([.. _plain, "--units", world.Users]);
        Invocation.Good([.. _plain, "--units", world.Users, "--out", _folder["arms.csv"]]);
        Assert.Equal(File.ReadAllText(_folder["arms.csv"]), run.Output);
        Assert.Contains("The counts fit", run.Error, StringComparison.Ordinal);
        Assert.Equal("", Invocation.Good([.. _plain, "--units", world.Users, "--quiet"]).Error);
    }

    [Fact]
    public void A_settings_file_equals_options_and_the_JSON_counts_the_written_rows()
    {
        var staff = _folder.Text("staff.csv", "user_id\nu0000001\nu0000002\n");
        var settings = _folder.Text("experiment.yaml", """
            name: checkout
            assignment: { arms: { control: 3, treatment: 1 }, layer: { name: ads, buckets: { from: 0, to: 5000 } }, exclude: staff.csv }
            log: { files: not-yet.csv }
            """);
        var json = Invocation.Good("experiment", "assign", "--settings", settings, "--units", world.Users, "--out", _folder["one.csv"], "--output", "json").Json;
        Invocation.Good("experiment", "assign", "--salt", "checkout", "--arm", "control=3", "treatment=1", "--layer", "ads:0:5000", "--exclude", staff, "--units", world.Users, "--out", _folder["other.csv"]);
        Assert.Equal(File.ReadAllText(_folder["one.csv"]), File.ReadAllText(_folder["other.csv"]));
        var rows = Csv.Read(_folder["one.csv"]).ToArray();
        Assert.DoesNotContain(rows, row => row["user_id"] is "u0000001" or "u0000002");
        Assert.InRange(rows.Length, 1800, 2200);
        Assert.Equal(rows.Count(row => row["arm"] == "control"), (int)json["arms"]![0]!["units"]!);
        Assert.Equal(4000 - rows.Length, (int)json["outside"]!);
        Assert.Equal(rows.Length * 0.75, (double)json["arms"]![0]!["expected"]!, 6);
        Assert.True((bool)json["sample_ratio"]!["fits"]!);
    }

    [Fact]
    public void JSON_without_an_output_file_has_counts_and_no_rows()
    {
        var json = Invocation.Good([.. _plain, "--units", world.Users, "--output", "json"]).Json;
        Assert.Equal(4000, (int)json["arms"]![0]!["units"]! + (int)json["arms"]![1]!["units"]!);
    }

    [Fact]
    public void Single_units_match_the_test_vectors()
    {
        var run = Invocation.Good([.. _plain, "--unit", "u0000001", "user-42"]);
        Assert.Equal("u0000001 is in arm treatment.\nuser-42 is in arm control.\n", run.Output.ReplaceLineEndings("\n"));
        var json = Invocation.Good([.. _plain, "--layer", "ads:6687:6688", "--unit", "u0000001", "user-42", "--output", "json"]).Json;
        Assert.Equal("treatment", (string?)json["units"]![0]!["arm"]);
        Assert.Null(json["units"]![1]!["arm"]);
    }

    [Fact]
    public void Units_of_several_files_are_assigned_as_if_they_were_one()
    {
        Directory.CreateDirectory(_folder["parts"]);
        File.WriteAllText(_folder["parts/1.csv"], "u0000001\n");
        File.WriteAllText(_folder["parts/2.jsonl"], "{\"user_id\":\"user-42\"}\n");
        Assert.Equal("user_id,arm\nu0000001,treatment\nuser-42,control\n", Invocation.Good([.. _plain, "--units", _folder["parts"]]).Output);
    }

    [Fact]
    public void Ids_and_arms_with_commas_are_quoted()
    {
        var units = _folder.Text("units.csv", "user_id\n\"a,\"\"b\"\"\"\n");
        Assert.Matches("\\Auser_id,arm\n\"a,\"\"b\"\"\",\"(x,|y,)\"\n\\z", Invocation.Good("experiment", "assign", "--salt", "s", "--arm", "x,=1", "y,=1", "--units", units).Output);
    }

    [Fact]
    public void Counts_that_do_not_fit_the_plan_are_reported()
    {
        var units = _folder.Text("units.csv", "user_id\n" + string.Concat(Enumerable.Repeat("u0000001\n", 100)));
        Assert.Contains("The counts do not fit the planned shares", Invocation.Good([.. _plain, "--units", units, "--out", _folder["arms.csv"]]).Output, StringComparison.Ordinal);
        Assert.False((bool)Invocation.Good([.. _plain, "--units", units, "--output", "json"]).Json["sample_ratio"]!["fits"]!);
    }

    [Fact]
    public void An_existing_file_is_kept_unless_replacement_is_requested()
    {
        var file = _folder.Text("arms.csv", "mine");
        var run = Invocation.Of([.. _plain, "--units", world.Users, "--out", file]);
        Assert.Equal(ExitCode.Output, run.Code);
        Assert.Equal("mine", File.ReadAllText(file));
        Invocation.Good([.. _plain, "--units", world.Users, "--out", file, "--replace"]);
        Assert.StartsWith("user_id,arm\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_gives_no_output_and_an_empty_table_gives_a_header()
    {
        string[] assign = ["experiment", "assign", "--salt", "checkout", "--arm", "control=1", "treatment=1", "--units"];
        var run = Invocation.Of([.. assign, _folder.Text("other.csv", "person,country\nu1,DE\n")]);
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.Equal("user_id,arm\n", Invocation.Good([.. assign, _folder.Text("empty.csv", "user_id,country\n")]).Output);
    }

    [Fact]
    public void A_bad_row_leaves_no_file_behind()
    {
        var units = _folder.Text("units.csv", "user_id,x\nu1,1\n,2\n");
        Assert.Equal(ExitCode.BadInput, Invocation.Of([.. _plain, "--units", units, "--out", _folder["arms.csv"]]).Code);
        Assert.Equal(["units.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--salt s --arm a=1 b=1", "either as files (--units) or one by one (--unit")]
    [InlineData("--unit u", "Give --settings, or --salt and --arm")]
    [InlineData("--salt s --arm a=1 b --unit u", "--arm is 'b'; it must be a name and a whole-number weight")]
    [InlineData("--salt s --arm a=1 b=0.5 --unit u", "--arm is 'b=0.5'")]
    [InlineData("--salt s --arm a=1 --unit u", "has 1 arms")]
    [InlineData("--salt s --arm a=1 b=1 --layer ads --unit u", "--layer is 'ads'; it must be a salt and a range of buckets")]
    [InlineData("--salt s --arm a=1 b=1 --layer ads:5:20000 --unit u", "must be a range within 0 up to 10000")]
    [InlineData("--salt s --arm a=1 b=1 --unit u --out x.csv", "--out has no effect here")]
    [InlineData("--settings none.yaml --unit u", "none.yaml cannot be read")]
    [InlineData("--settings none.yaml --salt s --unit u", "--salt has no effect here")]
    public void Wrong_requests_are_explained(string arguments, string expected)
    {
        var run = Invocation.Of(["experiment", "assign", .. arguments.Split(' ')]);
        Assert.NotEqual(ExitCode.Success, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
