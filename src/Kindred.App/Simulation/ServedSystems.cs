using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.App.Simulation;

/// <summary>The systems of a simulated test: the first one serves the control, and all users before the test; the last one serves the
/// treatment.</summary>
internal sealed class ServedSystems(IReadOnlyList<ServedSystem> systems) : IAudienceMembership, IDisposable
{
    // The metrics that weight the seeds in the act-alike post.
    private static readonly string[] _weightBy = ["impressions", "ctr"];

    /// <summary>The systems.</summary>
    public IReadOnlyList<ServedSystem> All => systems;

    /// <inheritdoc/>
    public int Systems => systems.Count;

    /// <summary>Makes the systems of a comparison.</summary>
    /// <param name="inputs">The world and its population.</param>
    /// <param name="work">A folder for published audiences; disposing of the systems deletes it.</param>
    /// <param name="request">The comparison.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops.</param>
    public static ServedSystems Make(SimulationInputs inputs, string work, SimulateExperimentRequest request, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var made = new List<ServedSystem>();
        try
        {
            if (request.Comparison is not ExperimentComparison.Weights)
            {
                made.Add(BlendedSystem.Make(inputs, request, progress, cancellation));
            }
            else made.Add(Published("unweighted", []));
            if (request.Comparison is ExperimentComparison.CombinedVersusBlended) made.Add(Published("combined", []));
            if (request.Comparison is ExperimentComparison.Weights) made.Add(Published("weighted", _weightBy));
            return new ServedSystems(made);
        }
        catch
        {
            made.ForEach(system => system.Dispose());
            throw;
        }

        PublishedSystem Published(string name, string[] weightBy) =>
            PublishedSystem.Make(name, weightBy, inputs, Path.Combine(work, name), request, progress, cancellation);
    }

    /// <inheritdoc/>
    public int Find(int system, WorldUser user, Span<int> advertisers) => systems[system].Find(user, advertisers);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var system in systems) system.Dispose();
    }
}
