using Kindred.App.Seeds;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Checking;

/// <summary>Reports everything that is wrong with seed lists before anything is trained.</summary>
public static class CheckSeedLists
{
    /// <summary>Checks seed lists.</summary>
    /// <param name="request">The population and the lists.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The findings, list by list.</returns>
    /// <exception cref="KindredException">A file cannot be read at all, or a requested list does not exist.</exception>
    public static CheckResult Run(CheckRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var population = PopulationSnapshot.Open(request.Population);
        SeedListReading reading;
        using (var line = progress.Start("Reading seed lists")) reading =
            SeedListReader.ReadAll(request.Seeds.Files, request.Seeds.Noting(progress).Reading, new StepProgress(line), cancellation);
        var lists = SeedInput.Chosen(reading.Lists, request.Seeds);
        var chosen = lists.Select(list => list.Id).ToHashSet(StringComparer.Ordinal);
        var metrics =
            reading.Lists.Zip(reading.Metrics).Where(list => chosen.Contains(list.First.Id)).Select(list => list.Second).ToArray();
        var matches = SeedInput.Matched(lists, request.Seeds, population, progress, cancellation);
        using (progress.Start("Checking"))
        {
            var check = SeedCheck.Of(matches, population, request.Check, request.Seeds.Hash, cancellation);
            return new CheckResult(reading, check, metrics, population.Countries, population.Version, request);
        }
    }
}
