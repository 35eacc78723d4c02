using System.CommandLine;
using System.CommandLine.Parsing;
using Kindred.Bench;
using Kindred.Bench.Settings;
using Kindred.Cli.Shell;
using Kindred.Cli.Texts;
using Kindred.Reports;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred bench</c>.</summary>
internal static class BenchCommand
{
    private static readonly Option<bool> Quick =
        new("--quick") { Description = "A quick run: under 20 seconds on two cores. The full run takes a minute or two." };
    private static readonly Option<string[]> Only = CommonOptions.Known(CommonOptions.Several("--only", $"Only these jobs: {string.Join(", ", BenchRun.JobNames)}. Default: all.", "JOB…"), [.. BenchRun.JobNames]);
    private static readonly Option<int?> Rounds = new("--rounds")
    {
        Description = $"Measurements per job; medians are reported. Default: {BenchSize.Full.Rounds}, or {BenchSize.Quick.Rounds} with --quick.",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse(result, BenchSize.Full.Rounds),
    };

    private static readonly Option<int> Threads = CommonOptions.Number("--threads", "Threads for the second measurement of each job; " +
        "the first uses one thread. 1 skips the second.", Environment.ProcessorCount);
    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Seed of the generated users and models. The figures are times and differ from run to run.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
        CustomParser = SeedOf,
    };

    public static Command Create()
    {
        var command = new Command("bench",
            "Measures scoring, training and single look-ups on this machine, as a percentage of the machine's own peak.\n\n" +
            "Examples:\n  kindred bench\n  kindred bench --quick --output json\n  kindred bench --only score_d64 train_d64 --threads 1")
        {
            Quick, Only, Rounds, Seed, Threads, CommonOptions.Output, CommonOptions.Quiet,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var options = Options(parsed);
            Bench.Figures.BenchResult result;
            using (var line = run.Screen(parsed).Start("Measuring")) result = BenchRun.Run(options, line.Report, run.Cancellation);
            if (parsed.GetValue(CommonOptions.Output) == "json")
            {
                JsonText.Write(run.Output, BenchJson.Of(result, TimeProvider.System.GetUtcNow()));
            }
            else BenchText.Write(run.Output, result);
            return ExitCode.Success;
        });
        return command;
    }

    private static BenchOptions Options(ParseResult parsed)
    {
        var size = parsed.GetValue(Quick) ? BenchSize.Quick : BenchSize.Full;
        var rounds = parsed.GetValue(Rounds) ?? size.Rounds;
        if (rounds is < 1 or > 1000) throw new UsageException($"--rounds is {rounds}; it must be from 1 to 1,000.");
        return new BenchOptions
        {
            Size = size with { Rounds = rounds },
            Threads = CommonOptions.ThreadsOf(parsed, Threads),
            Seed = parsed.GetValue(Seed),
            Only = JobsOf(parsed.GetValue(Only) ?? []),
        };
    }

    private static string[] JobsOf(string[] texts)
    {
        var names = CommonOptions.Names(texts);
        var strange = names.FirstOrDefault(name => !BenchRun.JobNames.Contains(name));
        if (strange is not null || (names.Length == 0 && texts.Length > 0))
        {
            throw new UsageException($"--only names {(strange is null ? "no job" : $"'{strange}', which is not a job")}. Jobs are " +
                $"{string.Join(", ", BenchRun.JobNames)}.{Spelling.DidYouMean(strange ?? "", BenchRun.JobNames)}");
        }

        return names;
    }

    // "-5 is not a whole number" would puzzle: the message says that negative numbers are out of range.
    private static ulong SeedOf(ArgumentResult result)
    {
        if (result.Tokens is not [{ Value: ['-', ..] text }]) return CommonOptions.Parse(result, 1UL);
        result.AddError($"--seed is '{text}'; a whole number from 0 is needed, as in 1.");
        return 0;
    }
}
