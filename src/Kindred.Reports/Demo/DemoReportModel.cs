using Kindred.App.Demo;
using Kindred.Evaluation;

namespace Kindred.Reports.Demo;

/// <summary>Everything that the page of a demo shows.</summary>
public sealed record DemoReportModel
{
    /// <summary>The generated world.</summary>
    public required DemoWorld World { get; init; }

    /// <summary>The audience sizes at which recall is measured, as ascending shares of the population.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The methods: the model first, then the baselines.</summary>
    public required IReadOnlyList<DemoMethod> Methods { get; init; }

    /// <summary>At least one seed list.</summary>
    public required IReadOnlyList<DemoList> Lists { get; init; }

    /// <summary>The size of the audiences of <see cref="DemoList.Affinity"/>, as a share of the population.</summary>
    public required double AudienceShare { get; init; }

    /// <summary>The commands for doing the same with other files.</summary>
    public required IReadOnlyList<DemoStep> Commands { get; init; }

    /// <summary>The model of a demo's result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="steps">The commands for doing the same with other files.</param>
    public static DemoReportModel Of(DemoResult result, IReadOnlyList<DemoStep> steps)
    {
        var (made, population, quality) = (result.Made, result.Embedded.Population, result.Quality);
        EvaluationResult[] methods = [quality.Method, .. quality.Baselines];
        return new DemoReportModel
        {
            World = new DemoWorld(
                population.Users, population.ActiveUsers,
                [.. population.Countries.Select(country => new DemoCountry(country.Name, country.Users))],
                population.Items, result.Embedded.PairCount, made.SeedLists.Count, made.SeedLists.Sum(list => (long)list.Seeds.Count),
                made.World.Options.Seed),
            Shares = quality.Method.Fractions,
            Methods = [.. methods.Select(method => DemoMethod.Of(method, quality.Method))],
            Lists = [.. result.Lists.Select((list, i) => new DemoList(
                list.SeedListId, list.Seeds, [.. methods.Select(method => method.Lists[i].AverageRecall)], list.Affinity))],
            AudienceShare = result.AudienceShare,
            Commands = steps,
        };
    }
}
