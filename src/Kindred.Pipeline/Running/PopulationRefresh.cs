using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Embeddings;
using Kindred.Pipeline.Embedding;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Running;

/// <summary>Makes the population of a run from interactions, unless it was made from the same files with the same settings.</summary>
/// <param name="settings">The settings; without a source the existing population is used.</param>
/// <param name="threads">Worker threads.</param>
internal sealed class PopulationRefresh(RunSettings settings, int threads)
{
    private readonly PopulationSource? _source = settings.Source;
    private IalsOptions _ials = new();
    private string? _key;

    /// <summary>Checks the options and hashes the source's files: cheap errors come before anything is written.</summary>
    /// <exception cref="KindredException">An option is out of range, or a file cannot be read.</exception>
    public void Prepare()
    {
        if (_source is null) return;
        _ials = new IalsOptions { Threads = threads, Seed = settings.Seed };
        _ials = _ials with { Dimension = _source.Dimension ?? _ials.Dimension, Copies = _source.Copies ?? _ials.Copies };
        OptionsValidation.Require(_ials);
        _key = new InputHash("population").Add(RunPlanner.Program)
            .Add(_source.Interactions.Select(InputHash.OfFile)).Add(_source.Users.Select(InputHash.OfFile))
            .Add(_ials.Dimension).Add(_ials.Copies).Add(settings.Seed).Add(RenamedColumns(settings.Columns)).ToString();
    }

    /// <summary>Makes the population if it is missing or stale.</summary>
    /// <param name="store">The run's store, locked by the caller.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; the next run then makes the population again.</param>
    /// <exception cref="KindredException">An input is wrong, another program made the folder, or it cannot be written.</exception>
    public void Run(RunStore store, IProgressReporter progress, CancellationToken cancellation)
    {
        if (_source is null) return;
        var made = FolderManifest.FormatOf(settings.Population) is not null;
        if (made && store.PopulationSource == _key) return;
        if (made && store.PopulationSource is null)
        {
            throw new KindredException(ErrorKind.Output, "population_not_made_by_run",
                $"{settings.Population} already exists and was not made by this run, so it is not replaced.",
                "Delete 'interactions' from the settings to use it as it is, or name another 'population.folder'.");
        }

        progress.Note($"Making the population in {settings.Population}.");

        // From here on the population belongs to this run, even if the run is killed before it can record the source.
        store.PopulationSource = "being made";
        var request = new EmbedRequest
        {
            Interactions = _source.Interactions,
            Users = _source.Users,
            Columns = settings.Columns,
            Out = settings.Population,
            Replace = made,
            Ials = _ials,

            // The files may still contain permanently deleted users.
            Forgotten = store.ReadForgotten(),
        };
        PopulationBuild.Run(request, progress, cancellation);
        store.PopulationSource = _key;
    }

    // Default names add nothing to the hash, and columns of seed lists are not read here.
    private static string[] RenamedColumns(ColumnNames columns)
    {
        var usual = new ColumnNames();
        (string? Name, string? Usual)[] pairs =
        [
            (columns.User, usual.User), (columns.Item, usual.Item), (columns.Weight, usual.Weight),
            (columns.Timestamp, usual.Timestamp), (columns.Country, usual.Country), (columns.Active, usual.Active),
        ];
        string[] rules = columns.Rules.Key is { Length: > 0 } key ? [key] : [];
        return pairs.All(pair => pair.Name == pair.Usual) ? rules : [.. pairs.Select(pair => pair.Name ?? ""), .. rules];
    }
}
