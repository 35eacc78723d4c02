using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.App.Experiments;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Data.Values;
using Kindred.Experiments.Assignment;
using Kindred.Pipeline.Experiments;
using Kindred.Reports;
using Kindred.Reports.Experiment;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred experiment assign</c>.</summary>
internal static class ExperimentAssignCommand
{
    private static readonly Option<string?> Settings =
        new("--settings") { Description = "Settings of the experiment, instead of --salt and --arm.", HelpName = "FILE" };
    private static readonly Option<string?> Salt = new("--salt")
    {
        Description = "Text that makes this experiment's assignment independent of others, such as its name.",
        HelpName = "TEXT",
    };
    private static readonly Option<string[]> Arm = CommonOptions.Several("--arm", "An arm and its whole-number weight, as in control=1 " +
        "treatment=1. Keep the order: the assignment depends on it.", "NAME=WEIGHT…");
    private static readonly Option<string?> Layer = new("--layer")
    {
        Description = "A layer's salt and the range of its 10,000 buckets that the experiment uses (first inclusive, last exclusive), " +
            "as in ads:0:2500. Default: all units.",
        HelpName = "SALT:FROM:TO",
    };
    private static readonly Option<string[]> Exclude =
        CommonOptions.Files("--exclude", "Lists of units (user_id) to leave out of the experiment.");
    private static readonly Option<string[]> Units =
        CommonOptions.Tables("--units", "Units to assign: CSV, JSON lines or Parquet, or a plain list of ids.");
    private static readonly Option<string> Column =
        new("--column") { Description = "The column of ids in --units.", DefaultValueFactory = _ => "user_id", HelpName = "NAME" };
    private static readonly Option<string[]> Unit = CommonOptions.Several("--unit", "Single units to assign, instead of --units.", "ID…");
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Table to write: .csv, .csv.gz or .parquet. Default: CSV on standard output; with --output json, counts only.",
        HelpName = "FILE",
    };
    private static readonly Option<bool> Replace =
        new("--replace") { Description = "Replace the file of --out. By default an existing file is an error." };

    public static Command Create()
    {
        var command = new Command("assign",
            "Assigns units to arms with a salted hash (docs/reference/assignment.md), which gives the same answer everywhere.\n\n" +
            "Examples:\n  kindred experiment assign --salt checkout --arm control=1 treatment=1 --units users.csv --out arms.csv\n" +
            "  kindred experiment assign --settings experiment.yaml --unit u0000017 --output json")
        {
            Settings, Salt, Arm, Layer, Exclude, Units, Column, TableOptions.NormalizeIds, TableOptions.MissingIds, Unit, Out, Replace, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var units = parsed.GetValue(Unit) ?? [];
            if (units.Length > 0 == parsed.GetValue(Units) is { Length: > 0 })
            {
                throw new UsageException("Give units either as files (--units) or one by one (--unit).");
            }

            var (assignment, alarm, rules) = AssignmentOf(parsed, run.Cancellation);
            if (units.Length > 0) OneByOne(parsed, run, assignment, [.. units.Select(rules.Ids.Apply)]);
            else OfFile(parsed, run, assignment, alarm, rules);
            return ExitCode.Success;
        });
        return command;
    }

    private static (UnitAssignment Assignment, double Alarm, TableRules Rules) AssignmentOf(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Settings) is { } file)
        {
            CommonOptions.Refuse(parsed, [Salt, Arm, Layer, Exclude, .. TableOptions.OfIds], "--settings defines it.");
            var settings = ExperimentSettings.Read(file, withLog: false);
            var written = settings.Log?.Rules ?? TableRules.Usual;
            if (settings.Assignment.Arms.Count == 0)
            {
                throw new UsageException(
                    $"{file} names no arms. Add them, as in 'assignment: {{ arms: {{ control: 1, treatment: 1 }} }}'.");
            }

            return (settings.Assignment.Create(written, cancellation), settings.SampleRatioAlarm, written);
        }

        if (parsed.GetValue(Salt) is not { } salt)
        {
            throw new UsageException("Give --settings, or --salt and --arm, as in --salt checkout --arm control=1 treatment=1.");
        }

        var files = parsed.GetValue(Exclude) ?? [];
        var rules = TableOptions.Of(parsed);
        var excluded = files.Length == 0 ? null : UserIdReader.Read(files, rules: rules, cancellationToken: cancellation);
        return (new UnitAssignment(salt, [.. (parsed.GetValue(Arm) ?? []).Select(ArmOf)], LayerOf(parsed.GetValue(Layer)),
            excluded is null ? null : Enumerable.Range(0, excluded.Count).Select(excluded.GetString)), AssignUnitsRequest.DefaultAlarm, rules);
    }

    private static AssignmentArm ArmOf(string text)
    {
        var equals = text.LastIndexOf('=');
        return equals > 0 && long.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
            ? new AssignmentArm(text[..equals], weight)
            : throw new UsageException($"--arm is '{text}'; it must be a name and a whole-number weight, as in treatment=1.");
    }

    private static AssignmentLayer? LayerOf(string? text)
    {
        if (text is null) return null;
        var parts = text.Split(':');
        return parts.Length >= 3 && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new AssignmentLayer(string.Join(':', parts[..^2]), from, to)
            : throw new UsageException($"--layer is '{text}'; it must be a salt and a range of buckets, as in ads:0:2500.");
    }

    private static void OneByOne(ParseResult parsed, CommandRun run, UnitAssignment assignment, string[] units)
    {
        CommonOptions.Refuse(parsed, [Column, Out, Replace], "answers for single units go to standard output.");
        var answers = units.Select(unit => (Unit: unit, Arm: assignment.ArmOf(unit))).ToArray();
        if (parsed.GetValue(CommonOptions.Output) == "json")
        {
            JsonText.Write(run.Output, new JsonObject
            {
                ["units"] = new JsonArray([.. answers.Select(answer =>
                    new JsonObject { ["user_id"] = answer.Unit, ["arm"] = answer.Arm })]),
            });
        }
        else
        {
            foreach (var (unit, arm) in answers)
            {
                run.Output.WriteLine(arm is null ? $"{unit} is not in the experiment." : $"{unit} is in arm {arm}.");
            }
        }
    }

    private static void OfFile(ParseResult parsed, CommandRun run, UnitAssignment assignment, double alarm, TableRules rules)
    {
        var (file, json) = (parsed.GetValue(Out), parsed.GetValue(CommonOptions.Output) == "json");
        if (file is null) CommonOptions.Refuse(parsed, [Replace], "it replaces the file of --out.");
        var request = new AssignUnitsRequest
        {
            Units = parsed.GetValue(Units)!,
            Column = parsed.GetValue(Column)!,
            Rules = rules,
            Out = file,
            Replace = parsed.GetValue(Replace),
            Rows = json || file is not null ? null : run.Data,
            Alarm = alarm,
        };
        var screen = run.Screen(parsed);
        var result = AssignUnits.Run(assignment, request, screen, run.Cancellation);
        if (json) JsonText.Write(run.Output, AssignJson.Of(result));
        // Programs read the rows on standard output, so the summary must not be among them.
        else if (file is not null) WriteText(result, run.Output);
        else if (!parsed.GetValue(CommonOptions.Quiet)) WriteText(result, run.Error);
    }

    private static void WriteText(AssignedUnits result, TextWriter output)
    {
        var weights = result.Assignment.Arms.Sum(arm => (double)arm.Weight);
        TextTable.Write(output, ["arm", "planned", "units", "share"], result.Assignment.Arms.Select((arm, i) => (string[])
        [
            arm.Name, Percent(arm.Weight / weights), TextTable.Count(result.Units[i]),
            result.Inside == 0 ? "–" : Percent(result.Units[i] / (double)result.Inside),
        ]));
        output.WriteLine(
            FormattableString.Invariant($"{result.Outside:N0} of {result.Inside + result.Outside:N0} units are not in the experiment."));
        if (result.Ratio is null) return;
        output.WriteLine(result.Fits
            ? FormattableString.Invariant($"The counts fit the planned shares (p = {result.Ratio.PValue:0.####}).")
            : FormattableString.Invariant($"The counts do not fit the planned shares (p = {result.Ratio.PValue:0.##e0}, below {result.Alarm}). Some units may be repeated, or their selection may depend on the hash."));
    }

    private static string Percent(double share) => share.ToString("0.00%", CultureInfo.InvariantCulture);
}
