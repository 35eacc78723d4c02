using System.CommandLine;
using Kindred.App.Audiences;
using Kindred.App.Training;
using Kindred.Audiences;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Reports;
using Kindred.Reports.Audiences;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred expand</c>.</summary>
internal static class ExpandCommand
{
    private static readonly Option<string> Out = new FolderOrPipeOption("--out")
    {
        Description = "Folder to write the audiences to. Use - for one CSV of seed_list_id, user_id, score and rank on standard output.",
        Required = true,
        HelpName = "DIR",
    };
    private static readonly Option<string[]> Seeds =
        CommonOptions.Tables("--seeds",
            "Seed lists to train on first: CSV, JSON lines or Parquet with user_id and, for several lists, seed_list_id.");
    private static readonly Option<string?> Models =
        new("--models") { Description = "Folder of models written by `kindred train`, instead of --seeds.", HelpName = "DIR" };
    private static readonly Option<string[]> Size = CommonOptions.Several("--size",
        "Size of the audiences: a share of the target's active users, as in 1%, or a number of users. Several sizes are nested: the " +
            "file contains the largest, and a smaller one is its first ranks.",
        "SIZE…", required: true);

    private static readonly Option<string[]> Exclude =
        CommonOptions.Tables("--exclude", "Users to exclude from every audience: files with user_id.");
    private static readonly Option<string[]> ExcludeHashed =
        CommonOptions.Tables("--exclude-hashed", "Users to exclude, given by hashed ids.");
    private static readonly Option<string?> ExcludeIdHash = CommonOptions.Among(new Option<string?>("--exclude-id-hash") { Description = "The hash function of --exclude-hashed. Default: that of --id-hash, with its salt." }, CommonOptions.IdHashes);
    private static readonly Option<string?> ExcludeIdSaltFile =
        new("--exclude-id-salt-file") { Description = "A file with the salt of --exclude-id-hash. Default: no salt.", HelpName = "FILE" };
    private static readonly Option<bool> IncludeSeed =
        new("--include-seed") { Description = "Allow seed users in their own audience. By default they are left out." };
    private static readonly Option<bool> SpreadsheetSafe = new("--spreadsheet-safe")
    {
        Description = "Put an apostrophe before ids in CSV that a spreadsheet would run as formulas. It changes these ids.",
    };
    private static readonly Option<string> Format =
        CommonOptions.Choice("--format", "Format of the audiences' files.", "csv", "csv.gz", "parquet");

    public static Command Create()
    {
        var command = new Command("expand", "Selects the users most like each seed list: audiences of exact sizes.\n\n" +
            "Examples:\n  kindred expand --population population --seeds seeds.csv --size 1% --out audiences\n" +
            "  kindred expand --population population --models models --size 1% --size 50000 --country HU --exclude customers.csv --out " +
                "audiences\n" +
            "  zcat seeds.csv.gz | kindred expand --population population --seeds - --size 1% --out - | cut -d, -f2 > ids.txt")
        {
            CommonOptions.Population, Seeds, Models, Size, CommonOptions.Country, Exclude, ExcludeHashed, ExcludeIdHash, ExcludeIdSaltFile,
            IncludeSeed, Format, SpreadsheetSafe, Out, CommonOptions.ShowIds,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in CommonOptions.OfSeeds.Skip(1).Concat(CommonOptions.OfMethod)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var piped = parsed.GetValue(Out) == Pipes.Output;
            if (piped)
            {
                CommonOptions.Refuse(parsed, [Format, CommonOptions.Output, CommonOptions.Replace, CommonOptions.ShowIds],
                    "--out - writes CSV to standard output.");
            }

            if (parsed.GetValue(Format) == "parquet") CommonOptions.Refuse(parsed, [SpreadsheetSafe], "it is for CSV.");
            var request = Request(parsed);
            if (piped) request = request with { Out = null, Rows = run.Data };
            var audiences = ExpandSeedLists.Run(request, run.Screen(parsed), run.Cancellation);
            if (piped) return ExitCode.Success;
            var withIds = parsed.GetValue(CommonOptions.ShowIds);
            var json = parsed.GetValue(CommonOptions.Output) == "json";
            if (json) JsonText.Write(run.Output, ExpandJson.Of(audiences, request.Out!, withIds));
            else Write(audiences, request.Out!, withIds, run.Output);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Rejects the options of training, which trained models do not need.</summary>
    private static void RefuseTraining(ParseResult parsed, bool excludes, bool hashedExcludes)
    {
        // Exclusions also read a user column, and possibly hashes.
        Option[] used =
            [CommonOptions.Forgotten, .. excludes || hashedExcludes ? [ColumnOptions.User, .. TableOptions.OfIds] : Array.Empty<Option>(),
                .. hashedExcludes && parsed.GetValue(ExcludeIdHash) is null ? CommonOptions.OfIds : []];
        CommonOptions.Refuse(parsed,
            CommonOptions.OfSeeds.Skip(1).Except(used).Concat(CommonOptions.OfMethod).Append(CommonOptions.Seed),
            "the models of --models are already trained.");
    }

    private static ExpandRequest Request(ParseResult parsed)
    {
        var seeds = parsed.GetValue(Seeds) ?? [];
        var models = parsed.GetValue(Models);
        var (excludes, hashedExcludes) = (parsed.GetValue(Exclude) is { Length: > 0 }, parsed.GetValue(ExcludeHashed) is { Length: > 0 });
        if (seeds.Length == 0 == models is null)
        {
            throw new UsageException(models is null
                ? "Give --seeds FILE to train and expand in one step, or --models DIR to use trained models."
                : "Give either --seeds or --models: trained models already contain their seeds.");
        }

        if (models is not null) RefuseTraining(parsed, excludes, hashedExcludes);

        // The salt file may be a pipe, so it is read only once.
        var seedRequest = models is null ? CommonOptions.SeedRequest(parsed) with { Files = seeds } : null;
        if (!hashedExcludes) CommonOptions.Refuse(parsed, [ExcludeIdHash, ExcludeIdSaltFile], "it needs --exclude-hashed.");
        var hash = CommonOptions.HashOf(parsed, ExcludeIdHash, ExcludeIdSaltFile)
            ?? (seedRequest is not null ? seedRequest.Hash : CommonOptions.HashOf(parsed));
        if (hashedExcludes && hash is null)
        {
            throw new UsageException(
                "--exclude-hashed needs --exclude-id-hash, the hash function of the ids, as in --exclude-id-hash sha256.");
        }

        var country = parsed.GetValue(CommonOptions.Country);
        return new ExpandRequest
        {
            Population = parsed.GetValue(CommonOptions.Population)!,
            Models = models,
            Training = seedRequest is null ? null : new TrainRequest
            {
                Population = parsed.GetValue(CommonOptions.Population)!,
                Seeds = seedRequest,
                Out = "",
                Country = country,
                Method = CommonOptions.MethodRequest(parsed),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Forgotten = CommonOptions.ForgottenOf(parsed),
            Exclude = parsed.GetValue(Exclude) ?? [],
            ExcludeHashed = parsed.GetValue(ExcludeHashed) ?? [],
            ExcludeHash = hash,
            Columns = ColumnOptions.Of(parsed),
            Format = parsed.GetValue(Format)!,
            SpreadsheetSafe = parsed.GetValue(SpreadsheetSafe),
            Expansion = new ExpansionOptions
            {
                Sizes = CommonOptions.Sizes(parsed.GetValue(Size)),
                Country = country,
                IncludeSeeds = parsed.GetValue(IncludeSeed),
                Threads = CommonOptions.ThreadsOf(parsed),
            },
        };
    }

    private static void Write(IReadOnlyList<ExpandedList> lists, string folder, bool withIds, TextWriter output)
    {
        output.WriteLine($"Audiences in {folder}:");
        output.WriteLine();
        string[] last = withIds ? ["last user"] : [];
        TextTable.WriteLists(output, ["seed list", "size", "users", "candidates", "threshold", .. last],
            lists, list => list.Audience.Thresholds.Select(threshold => (string[])
            [
                list.Audience.SeedListId, threshold.Size.ToString(), TextTable.Count(threshold.Users),
                TextTable.Count(list.Audience.Candidates),
                TextTable.Figure(threshold.Score), .. withIds ? [threshold.LastUserId] : Array.Empty<string>(),
            ]));
    }
}
