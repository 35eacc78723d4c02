using System.Text;
using Kindred.Cli.Reports;
using Kindred.Cli.Terminal;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred inspect</c> is asked for.</summary>
internal sealed record InspectRequest
{
    public required string Population { get; init; }

    public required SeedRequest Seeds { get; init; }

    /// <summary>A table of item_id, name and topic, or null.</summary>
    public string? Items { get; init; }

    public InsightOptions Insight { get; init; } = new();

    /// <summary>How reach is measured, or null for not at all.</summary>
    public ReachOptions? Reach { get; init; }

    public MethodRequest Method { get; init; } = new();

    /// <summary>Folder for the page, or null for none.</summary>
    public string? Out { get; init; }

    public bool Replace { get; init; }

    public bool ListOutliers { get; init; }
}

/// <summary>What was seen of each list, and the reach curves of those that have one.</summary>
internal sealed record InspectResult(
    string? Country, int ReferenceUsers, int MinimumCount, string PopulationVersion, IReadOnlyList<SeedInspection> Lists, ReachResult? Reach);

/// <summary>Looks at seed lists.</summary>
internal static class InspectJob
{
    private const string ManifestFormat = "kindred-inspection";
    private const string OutliersName = "outliers.csv";

    public static InspectResult Run(InspectRequest request, Screen screen, CancellationToken cancellation)
    {
        using var folder = request.Out is { } path ? ReportFolder.Create(path, request.Replace, ManifestFormat) : null;
        using var population = PopulationSnapshot.Open(request.Population);

        // Small lists are what this command is asked about: they are no error here.
        var matches = SeedInput.Read(request.Seeds with { Minimum = 1, SkipSmall = true }, population, request.Insight.Country, screen, cancellation);
        var features = Features(request, population, screen);
        using var inspector = new SeedInspector(population, features, request.Insight);
        SeedInspection[] lists;
        using (var line = screen.Start("Inspecting")) lists = inspector.Inspect(matches, line.Report, cancellation);
        var reach = request.Reach is null ? null : Reach(request, request.Reach, population, matches, screen, cancellation);
        var result = new InspectResult(
            request.Insight.Country, inspector.ReferenceUsers, request.Insight.MinimumCount, population.Version, lists, reach);
        if (folder is null) return result;
        if (request.ListOutliers) WriteOutliers(folder.File(OutliersName), population, lists);
        folder.Commit(InspectionReport.Render(result), InspectionJson.Of(result));
        return result;
    }

    private static List<FeatureTable> Features(InspectRequest request, Population population, Screen screen)
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
            screen.Note($"The population was made without the items of its users: what sets lists apart is told from attributes alone.");
        }

        features.Add(FeatureTable.Attributes(population, PopulationSnapshot.ReadUsers(request.Population)));
        return features;
    }

    private static ReachResult? Reach(
        InspectRequest request, ReachOptions options, Population population, IReadOnlyList<SeedMatch> matches, Screen screen, CancellationToken cancellation)
    {
        var least = ReachJob.OfFolds(request.Seeds, options.Folds).Minimum;
        var large = matches.Where(match => match.Users.Count >= least).ToArray();
        if (large.Length < matches.Count) screen.Note($"{matches.Count - large.Length:N0} lists have fewer than {least:N0} seeds and get no reach curve.");
        var reach = new ReachRequest { Population = request.Population, Seeds = request.Seeds, Method = request.Method, Reach = options };
        return large.Length == 0 ? null : ReachJob.Measure(population, large, reach, screen, cancellation);
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
