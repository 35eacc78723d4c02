using System.Text;
using Kindred.Catalog;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Settings;
using Kindred.Populations;
using Kindred.Worlds;

namespace Kindred.App.Simulation;

/// <summary>Audiences of a daily run; membership is decided at request time from a user's embedding.</summary>
internal sealed class PublishedSystem : ServedSystem
{
    private readonly Population _population;
    private readonly PublishedStore _store;
    private readonly int[] _candidates;
    private readonly int[] _advertisers;

    private PublishedSystem(string name, string description, Population population, PublishedStore store, World world)
        : base(name, description)
    {
        (_population, _store) = (population, store);
        var byName = world.Advertisers.ToDictionary(advertiser => advertiser.Name, advertiser => advertiser.Index, StringComparer.Ordinal);
        using var lease = store.Acquire();
        _advertisers = [.. lease.Value.Audiences.Select(audience => byName[audience.SeedListId])];
        _candidates = [.. Enumerable.Range(0, _advertisers.Length)];
    }

    /// <summary>Trains and publishes the audiences with a daily run, and opens them as an ad server does.</summary>
    /// <param name="name">Name of the system.</param>
    /// <param name="weightBy">The metric columns that weight the seeds.</param>
    /// <param name="inputs">The world and its population.</param>
    /// <param name="store">Folder for the run's store.</param>
    /// <param name="request">Sizes, seed and threads.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">A list has no audience.</exception>
    public static PublishedSystem Make(
        string name, string[] weightBy, SimulationInputs inputs, string store, SimulateExperimentRequest request,
        IProgressReporter progress, CancellationToken cancellation)
    {
        var settings = new RunSettings
        {
            Population = inputs.PopulationFolder,
            Seeds = [inputs.Seeds],
            Store = store,
            Seed = request.World.Seed,
            // A list without an audience is reported below, in the terms of this use case.
            MinimumKept = 0,
            Default = new ListSettings { Method = Methods.All.Default, Sizes = [request.Size], WeightBy = weightBy },
        };
        var published = new DailyRun(settings, request.Threads, TimeProvider.System, progress).Run(cancellation: cancellation);
        foreach (var unit in published.Version.Units)
        {
            if ((unit.Rejected ?? unit.Targets.Select(target => target.Rejected ?? target.Withheld)
                .FirstOrDefault(reason => reason is not null)) is not { } reason)
            {
                continue;
            }

            throw new KindredException(ErrorKind.Usage, "simulated_list_without_audience",
                $"Seed list '{unit.List}' has no audience of {request.Size}, so it has no ads to deliver: {reason.TrimEnd('.')}.",
                "Ask for another size, or for more users.");
        }

        var words = weightBy.Length == 0 ? "all seeds count alike" : $"seeds weighed by {string.Join(" and ", weightBy)}";
        return new PublishedSystem(name, $"method {Methods.All.Default}, {words}; membership decided at request time", inputs.Population,
            new PublishedStore(store, atRequest: true), inputs.World);
    }

    /// <inheritdoc/>
    public override int Find(WorldUser user, Span<int> advertisers)
    {
        var id = Encoding.UTF8.GetBytes(user.Id);
        if (_population.Find(id) is not { } row) return 0;
        var shard = _population.Shards[row.Shard];
        var embedding = shard.Embeddings.Span.Slice(row.Row * shard.Dimension, shard.Dimension);
        using var lease = _store.Acquire();
        var count = lease.Value.FindAtRequest(id, user.Country, embedding, shard.Activity.Span[row.Row], _candidates, advertisers);
        foreach (ref var audience in advertisers[..count]) audience = _advertisers[audience];
        return count;
    }

    /// <inheritdoc/>
    public override void Dispose() => _store.Dispose();
}
