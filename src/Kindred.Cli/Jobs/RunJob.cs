using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Embeddings;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Jobs;

/// <summary>A settings file to a published version: embeddings first, where the run makes them itself.</summary>
internal static class RunJob
{
    /// <param name="settingsFile">The settings.</param>
    /// <param name="day">The day that schedules are held against; null for today.</param>
    /// <param name="acceptLosses">Whether a version may be published whatever is lost.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="screen">Says what is going on.</param>
    /// <param name="cancellation">Stops.</param>
    public static RunOutcome Run(string settingsFile, DateOnly? day, bool acceptLosses, int threads, Screen screen, CancellationToken cancellation) =>
        Prepared(settingsFile, settings => acceptLosses ? settings with { MinimumKept = 0 } : settings, threads, screen, run => run.Run(day, cancellation), cancellation);

    public static (string PlanFile, IReadOnlyList<(string Stage, int Tasks)> Stages) PlanOnly(string settingsFile, DateOnly? day, int threads, Screen screen, CancellationToken cancellation) =>
        Prepared(settingsFile, settings => settings, threads, screen, run => run.PlanOnly(day, cancellation), cancellation);

    private static T Prepared<T>(string settingsFile, Func<RunSettings, RunSettings> with, int threads, Screen screen, Func<DailyRun, T> work, CancellationToken cancellation)
    {
        var settings = with(SettingsReader.Read(settingsFile));
        try
        {
            // A salt that cannot be read ends the run before a population is made for hours.
            _ = settings.Hash?.Create();
            _ = settings.ExcludeHash?.Create();
            if (settings.Source is { } source) Embed(settings, source, threads, screen, cancellation);
            return work(new DailyRun(settings, threads, TimeProvider.System, screen));
        }
        catch (MissingColumnException missing) when (KeyOf(settings.Columns, missing.Column) is { } key)
        {
            throw new KindredException(ErrorKind.BadInput, $"{missing.Problem} In {settingsFile} 'columns' says what columns are called, as in 'columns: {{ {key}: {missing.Close ?? "NAME"} }}'; or rename it in the file.", missing);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            throw new StoppedException($"Stopped. What is finished is kept in {settings.Store}, and the version before is still published: go on with the same command.", stopped);
        }
    }

    /// <summary>The key of 'columns' that says what a column is called; null for one that none says, such as a metric.</summary>
    private static string? KeyOf(ColumnNames columns, string name)
    {
        (string Key, string? Name)[] keys =
        [
            ("user_id", columns.User), ("item_id", columns.Item), ("seed_list_id", columns.SeedList), ("weight", columns.Weight),
            ("timestamp", columns.Timestamp), ("country", columns.Country), ("active", columns.Active),
        ];
        return keys.FirstOrDefault(pair => pair.Name == name).Key;
    }

    // What is called as usual says nothing, and columns of seed lists are not read here.
    private static string[] RenamedColumns(ColumnNames columns)
    {
        var usual = new ColumnNames();
        (string? Name, string? Usual)[] pairs =
        [
            (columns.User, usual.User), (columns.Item, usual.Item), (columns.Weight, usual.Weight), (columns.Timestamp, usual.Timestamp), (columns.Country, usual.Country), (columns.Active, usual.Active),
        ];
        return pairs.All(pair => pair.Name == pair.Usual) ? [] : [.. pairs.Select(pair => pair.Name ?? "")];
    }

    /// <summary>Makes the population unless it was made from the same files by the same settings.</summary>
    private static void Embed(RunSettings settings, PopulationSource source, int threads, Screen screen, CancellationToken cancellation)
    {
        var ials = new IalsOptions { Threads = threads, Seed = settings.Seed };
        ials = ials with { Dimension = source.Dimension ?? ials.Dimension, Copies = source.Copies ?? ials.Copies };
        OptionsValidation.Require(ials);
        var key = new InputHash("population").Add(RunPlanner.Program).Add(source.Interactions.Select(InputHash.OfFile)).Add(source.Users.Select(InputHash.OfFile))
            .Add(ials.Dimension).Add(ials.Copies).Add(settings.Seed).Add(RenamedColumns(settings.Columns)).ToString();
        var store = RunStore.OpenOrCreate(settings.Store);
        var made = FolderManifest.FormatOf(settings.Population) is not null;
        if (made && store.PopulationSource == key) return;
        if (made && store.PopulationSource is null)
        {
            throw new KindredException(ErrorKind.Output,
                $"{settings.Population} is there already and was not made by this run, so it is not replaced. Delete 'interactions' from the settings to use it as it is, or name another 'population.folder'.");
        }

        screen.Note($"Making the population in {settings.Population}.");
        using (store.Lock())
        {
            // From here on the population is this run's own, even if it is killed before it can say of what.
            store.PopulationSource = "being made";
            EmbedJob.Run(new EmbedRequest { Interactions = source.Interactions, Users = source.Users, Columns = settings.Columns, Out = settings.Population, Replace = made, Ials = ials }, screen, cancellation);

            // The files may still hold users who were forgotten.
            PopulationWithout.Replace(settings.Population, store.ReadForgotten(), cancellation);
            store.PopulationSource = key;
        }
    }
}
