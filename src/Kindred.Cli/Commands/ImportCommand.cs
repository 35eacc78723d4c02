using System.CommandLine;
using Kindred.App.Populations;
using Kindred.Cli.Shell;
using Kindred.Data.Imports;
using Kindred.Reports;
using Kindred.Reports.Populations;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred import</c>.</summary>
internal static class ImportCommand
{
    private const string NoActivity = "none";

    private static readonly Option<string[]> Embeddings = CommonOptions.Files("--embeddings", "Users' embeddings: Parquet or JSON lines " +
        "with user_id and a column of lists (or one column per number), CSV with user_id and one column per number or a text column " +
        "such as [0.1, 0.2], or a NumPy array .npy [users × dimension] of float32, float64 or float16.", required: true);
    private static readonly Option<string?> Ids = new("--ids")
    {
        Description = "The user ids of a .npy array, in row order: CSV, JSON lines or Parquet with user_id, or a text file with one id " +
            "per line.",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> Users = CommonOptions.Tables("--users", "The whole population: user_id and, optionally, " +
        "country, active and attributes. Users without an embedding and embeddings of unknown users are left out. Default: the users of " +
        "the embeddings, with country and active from the same file if present.");
    private static readonly Option<string> Out = CommonOptions.Out("Folder to write the population to.");
    private static readonly Option<string[]> EmbeddingColumns = CommonOptions.Several("--embedding-columns", "Columns of the embedding: " +
        "names, or FIRST..LAST for a range of the header. Default: the only column of lists, or all columns but user_id, country, " +
        "active and that of --activity.", "COLUMN,…");
    private static readonly Option<string> Activity = new("--activity")
    {
        Description = "A column of activity counts, in the users' files or beside the embeddings or ids. Models read its log1p beside " +
            "the embedding. Default: models read the embedding alone.",
        DefaultValueFactory = _ => NoActivity,
        HelpName = "COLUMN",
    };
    private static readonly Option<string?> Space = new("--space")
    {
        Description = "A name for the embedding space. Models trained on one import of a space work with every other import of it that " +
            "has the same dimension and activity. Default: a new space, derived from the contents.",
        HelpName = "NAME",
    };
    private static readonly Option<int> Shards =
        CommonOptions.Number("--shards", "Number of shards. 0: one per million users, rounded up.", 0);

    public static Command Create()
    {
        var command = new Command("import", "Makes a population from embeddings trained elsewhere.\n\n" +
            "Examples:\n  kindred import --embeddings vectors.npy --ids ids.txt --users users.csv --out population\n" +
            "  kindred import --embeddings vectors.parquet --activity clicks --space two-tower-7 --out population-today\n" +
            "  kindred import --embeddings vectors.csv.gz --user-column uid --embedding-columns e0..e63 --out population")
        {
            Embeddings, Ids, Users, Out, EmbeddingColumns, ColumnOptions.User, ColumnOptions.Country, ColumnOptions.Active, Activity,
            TableOptions.NormalizeIds, TableOptions.MissingIds, TableOptions.DecimalComma,
            Space, Shards, CommonOptions.Forgotten,
            CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        var columns = ColumnOptions.Of(parsed);
        var request = new ImportRequest
        {
            Embeddings = new ImportOptions
            {
                Embeddings = parsed.GetValue(Embeddings)!,
                Ids = parsed.GetValue(Ids),
                UserColumn = columns.User,
                Rules = columns.Rules,
                CountryColumn = columns.Country,
                ActiveColumn = columns.Active,
                CountColumn = parsed.GetValue(Activity) is var column && column == NoActivity ? null : column,
                EmbeddingColumns = CommonOptions.Names(parsed.GetValue(EmbeddingColumns)),
            },
            Users = parsed.GetValue(Users) ?? [],
            Forgotten = CommonOptions.ForgottenOf(parsed),
            Space = parsed.GetValue(Space),
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            Shards = parsed.GetValue(Shards),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
        if (request.Shards is < 0 or > 1024)
        {
            throw new UsageException($"--shards is {request.Shards}; it must be from 1 to 1,024, or 0 for one per million users.");
        }

        if (request.Space is { Length: 0 })
        {
            throw new UsageException("--space is empty; give a name, as in --space two-tower-7, or leave it out.");
        }

        Write(ImportPopulation.Run(request, run.Screen(parsed), run.Cancellation), request.Out,
            parsed.GetValue(CommonOptions.Output) == "json", run.Output);
        return ExitCode.Success;
    }

    private static void Write(ImportResult result, string folder, bool json, TextWriter output)
    {
        var population = result.Population;
        if (json)
        {
            JsonText.Write(output, ImportJson.Of(result, folder));
            return;
        }

        output.WriteLine(FormattableString.Invariant($"Population {population.Version[..8]} in {folder}: {population.Users:N0} users ({population.ActiveUsers:N0} active), dimension {population.Dimension}, activity {(result.Users.Counts is null ? "not " : "")}known."));
        foreach (var country in population.Countries.Where(country => population.Countries.Count > 1 || country.Name.Length > 0))
        {
            output.WriteLine(FormattableString.Invariant($"  {(country.Name.Length > 0 ? country.Name : "no country")}: {country.Users:N0} users, {country.ActiveUsers:N0} active"));
        }
    }
}
