using Kindred.App.Demo;
using Kindred.Evaluation;


namespace Kindred.Reports.Demo;

/// <summary>Everything that the page of a demo shows.</summary>
public sealed record DemoReportModel
{
    /// <summary>What was made.</summary>
    public required DemoWorld World { get; init; }

    /// <summary>The shares of the population that recall is measured at, ascending, such as 0.01 for 1%.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The methods: the model first, then the baselines.</summary>
    public required IReadOnlyList<DemoMethod> Methods { get; init; }

    /// <summary>One a seed list: at least one.</summary>
    public required IReadOnlyList<DemoList> Lists { get; init; }

    /// <summary>The share of the population that the audiences of <see cref="DemoList.Affinity"/> have.</summary>
    public required double AudienceShare { get; init; }

    /// <summary>How readers do the same with their own files.</summary>
    public required IReadOnlyList<DemoStep> Commands { get; init; }

    /// <summary>The model of a demo's result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="steps">How readers do the same with their own files.</param>
    public static DemoReportModel Of(DemoResult result, IReadOnlyList<DemoStep> steps)
    {
        var (made, population, quality) = (result.Made, result.Embedded.Population, result.Quality);
        EvaluationResult[] methods = [quality.Method, .. quality.Baselines];
        return new DemoReportModel
        {
            World = new DemoWorld(
                population.Users, population.ActiveUsers, [.. population.Countries.Select(country => new DemoCountry(country.Name, country.Users))],
                population.Items, result.Embedded.PairCount, made.SeedLists.Count, made.SeedLists.Sum(list => (long)list.Seeds.Count), made.World.Options.Seed),
            Shares = quality.Method.Fractions,
            Methods = [.. methods.Select(method => DemoMethod.Of(method, quality.Method))],
            Lists = [.. result.Lists.Select((list, i) => new DemoList(
                list.SeedListId, list.Seeds, [.. methods.Select(method => method.Lists[i].AverageRecall)], list.Affinity))],
            AudienceShare = result.AudienceShare,
            Commands = steps,
        };
    }
}
