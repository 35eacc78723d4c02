using System.CommandLine;
using Kindred.Cli.Shell;
using Kindred.Data.Inputs;
using Kindred.Embeddings;
using Kindred.Pipeline.Embedding;
using Kindred.Reports;
using Kindred.Reports.Populations;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred embed</c>.</summary>
internal static class EmbedCommand
{
    private static readonly Option<string[]> Interactions =
        CommonOptions.Tables("--interactions",
            "Interactions: CSV, JSON lines or Parquet with user_id, item_id and, optionally, weight and timestamp.", required: true);
    private static readonly Option<string[]> Users =
        CommonOptions.Tables("--users",
            "The whole population: user_id and, optionally, country, active and attributes. Default: the users of the interactions.");
    private static readonly Option<string> Out = CommonOptions.Out("Folder to write the population to.");
    private static readonly Option<string?> Update = new("--update")
    {
        Description = "A population to add these interactions and users to. Its item embeddings stay; all users are folded in.",
        HelpName = "DIR",
    };
    private static readonly Option<int> Dimension =
        CommonOptions.Number("--dimension", "Length of each copy of an embedding: a multiple of 8 from 16 to 512.",
            new IalsOptions().Dimension);
    private static readonly Option<int> Copies = CommonOptions.Number("--copies", "Independently initialised embeddings to concatenate. " +
        "More copies are slightly better and need more memory.", new IalsOptions().Copies);
    private static readonly Option<double> UnobservedWeight =
        CommonOptions.Number("--unobserved-weight", "Weight of an unobserved pair (α₀).", new IalsOptions().UnobservedWeight);
    private static readonly Option<double> Regularization =
        CommonOptions.Number("--regularization", "L2 of the embeddings (λ).", new IalsOptions().Regularization);
    private static readonly Option<int> Iterations =
        CommonOptions.Number("--iterations", "Passes over users and items.", new IalsOptions().Iterations);
    private static readonly Option<bool> NoFeatures = new("--no-features")
    {
        Description = "Do not store each user's items. The population is smaller, but cannot be updated or used with methods that read " +
            "items.",
    };
    private static readonly Option<int> ActiveDays = CommonOptions.Number("--active-days", "Users with an interaction in this many days before the newest one are active. Used if users have no column 'active' and interactions have timestamps.", UserTables.DefaultActiveDays);
    private static readonly Option<int> Shards =
        CommonOptions.Number("--shards", "Number of shards. 0: one per million users, rounded up.", 0);

    public static Command Create()
    {
        var command = new Command("embed", "Trains embeddings from interactions and writes a population.\n\n" +
            "Examples:\n  kindred embed --interactions interactions.csv.gz --users users.csv --out population\n" +
            "  kindred embed --update population --interactions today.csv --users new-users.csv --out population-today")
        {
            Interactions, Users, Out, Update, Dimension, Copies, UnobservedWeight, Regularization, Iterations, NoFeatures,
            ActiveDays, Shards, CommonOptions.Forgotten,
            CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output, SettingsOption.Settings, CommonOptions.Quiet,
        };
        foreach (var option in (Option[])
            [ColumnOptions.User, .. ColumnOptions.OfInteractions, .. ColumnOptions.OfUsers, .. TableOptions.OfIds, TableOptions.TimestampFormat,
                TableOptions.DecimalComma])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Execute(parsed, CommandRun.Of(parsed)));
        return command;
    }

    private static int Execute(ParseResult parsed, CommandRun run)
    {
        if (parsed.GetValue(Update) is not null)
        {
            CommonOptions.Refuse(parsed, [Dimension, Copies, UnobservedWeight, Regularization, Iterations, CommonOptions.Seed],
                "--update keeps the population's item embeddings and the settings they were trained with.");
        }

        if (parsed.GetValue(Users) is not { Length: > 0 })
        {
            CommonOptions.Refuse(parsed, ColumnOptions.OfUsers, "it names a column of --users, which is not given.");
        }

        var ials = new IalsOptions
        {
            Dimension = parsed.GetValue(Dimension),
            Copies = parsed.GetValue(Copies),
            UnobservedWeight = parsed.GetValue(UnobservedWeight),
            Regularization = parsed.GetValue(Regularization),
            Iterations = parsed.GetValue(Iterations),
            Seed = parsed.GetValue(CommonOptions.Seed),
            Threads = CommonOptions.ThreadsOf(parsed),
        };
        OptionsValidation.Require(ials);
        if (ials.Dimension % 8 != 0)
        {
            throw new UsageException(
                $"--dimension is {ials.Dimension}; it must be a multiple of 8 from 16 to 512, as in {ials.Dimension / 8 * 8}.");
        }

        var request = new EmbedRequest
        {
            Interactions = parsed.GetValue(Interactions)!,
            Users = parsed.GetValue(Users) ?? [],
            Columns = ColumnOptions.Of(parsed),
            Update = parsed.GetValue(Update),
            Forgotten = CommonOptions.ForgottenOf(parsed),
            Out = parsed.GetValue(Out)!,
            Replace = parsed.GetValue(CommonOptions.Replace),
            KeepFeatures = !parsed.GetValue(NoFeatures),
            ActiveDays = parsed.GetValue(ActiveDays),
            Shards = parsed.GetValue(Shards),
            Ials = ials,
        };
        if (request.ActiveDays < 1) throw new UsageException($"--active-days is {request.ActiveDays}; it must be at least 1.");
        if (request.Shards is < 0 or > 1024)
        {
            throw new UsageException($"--shards is {request.Shards}; it must be from 1 to 1,024, or 0 for one per million users.");
        }

        Write(PopulationBuild.Run(request, run.Screen(parsed), run.Cancellation), request.Out,
            parsed.GetValue(CommonOptions.Output) == "json", run.Output);
        return ExitCode.Success;
    }

    private static void Write(EmbedResult result, string folder, bool json, TextWriter output)
    {
        var population = result.Population;
        if (json)
        {
            JsonText.Write(output, EmbedJson.Of(result, folder));
            return;
        }

        output.WriteLine(FormattableString.Invariant($"Population {population.Version[..8]} in {folder}: {population.Users:N0} users ({population.ActiveUsers:N0} active, {result.UsersWithoutInteractions:N0} without interactions), {population.Items:N0} items, dimension {population.Dimension}."));
        foreach (var country in population.Countries.Where(country => population.Countries.Count > 1 || country.Name.Length > 0))
        {
            output.WriteLine(FormattableString.Invariant($"  {(country.Name.Length > 0 ? country.Name : "no country")}: {country.Users:N0} users, {country.ActiveUsers:N0} active"));
        }
    }
}
