using System.Text;
using Kindred.App.Evaluation;
using Kindred.App.Seeds;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Inspection;

/// <summary>Measures the similarity of each seed list's users, the groups they form, and the items and attributes that set them
/// apart.</summary>
public static class InspectSeedLists
{
    /// <summary>Inspects seed lists.</summary>
    /// <param name="request">The population and the lists.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The findings, list by list.</returns>
    /// <exception cref="KindredException">An input is wrong.</exception>
    public static InspectResult Run(InspectRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var population = PopulationSnapshot.Open(request.Population);

        // Small lists are a common reason for an inspection, so they are not an error here.
        var matches =
            SeedInput.Read(request.Seeds with { Minimum = 1, SkipSmall = true }, population, request.Insight.Country, progress,
                cancellation);
        var features = Features(request, population, progress);
        using var inspector = new SeedInspector(population, features, request.Insight);
        SeedInspection[] lists;
        using (var line = progress.Start("Inspecting")) lists = inspector.Inspect(matches, line.Report, cancellation);
        var reach = request.Reach is null ? null : Reach(request, request.Reach, population, matches, progress, cancellation);
        if (request.OutliersFile is { } file) WriteOutliers(file, population, lists);
        return new InspectResult(
            request.Insight.Country, inspector.ReferenceUsers, request.Insight.MinimumCount, population.Version, lists, reach);
    }

    private static List<FeatureTable> Features(InspectRequest request, Population population, IProgressReporter progress)
    {
        var features = new List<FeatureTable>();
        if (population.HasItems && population.Items.Count > 0)
        {
            var known = request.Items is { } file ? ItemNames.Read(file, request.Seeds.Columns.Item) : null;
            features.Add(FeatureTable.Items(population, known?.Names));
            if (known is { Topics.Count: > 0 }) features.Add(FeatureTable.Topics(population, known.Topics));
        }
        else if (request.Items is not null)
        {
            population.RequireItems();
        }
        else
        {
            progress.Note($"The population was made without the items of its users: only attributes show what sets lists apart.");
        }

        features.Add(FeatureTable.Attributes(population, PopulationSnapshot.ReadUsers(request.Population)));
        return features;
    }

    private static ReachResult? Reach(
        InspectRequest request, ReachOptions options, Population population, IReadOnlyList<SeedMatch> matches, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var least = MeasureReach.OfFolds(request.Seeds, options.Folds).Minimum;
        var large = matches.Where(match => match.Users.Count >= least).ToArray();
        if (large.Length < matches.Count)
        {
            progress.Note($"{matches.Count - large.Length:N0} lists have fewer than {least:N0} seeds and get no reach curve.");
        }

        var reach = new ReachRequest { Population = request.Population, Seeds = request.Seeds, Method = request.Method, Reach = options };
        return large.Length == 0 ? null : MeasureReach.Measure(population, large, reach, progress, cancellation);
    }

    private static void WriteOutliers(string file, Population population, IEnumerable<SeedInspection> lists)
    {
        using var table = Data.Tables.TableWriter.Create(
            file, [new("seed_list_id", Data.Tables.ColumnType.Text), new("user_id", Data.Tables.ColumnType.Text)]);
        foreach (var list in lists)
        {
            var id = Encoding.UTF8.GetBytes(list.SeedListId);
            foreach (var user in list.Outliers)
            {
                table.Write(id);
                table.Write(population.UserId(user));
                table.EndRow();
            }
        }

        table.Complete();
    }
}
