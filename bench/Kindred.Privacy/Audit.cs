using Kindred.Audiences;
using Kindred.Insight;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Privacy;

/// <summary>Runs every attack on every list.</summary>
/// <param name="crowd">The users.</param>
/// <param name="threads">Worker threads.</param>
public sealed class Audit(Crowd crowd, int threads)
{
    /// <summary>Audiences without seeds; ids only.</summary>
    public const string OutIds = "seeds left out, ids";

    /// <summary>Audiences without seeds; ids and scores.</summary>
    public const string OutScores = "seeds left out, ids and scores";

    /// <summary>Audiences that may include seeds; ids only.</summary>
    public const string InIds = "seeds included, ids";

    /// <summary>Audiences that may include seeds; ids and scores.</summary>
    public const string InScores = "seeds included, ids and scores";

    /// <summary>The page of `kindred inspect`.</summary>
    public const string Page = "items of the insight page";

    /// <summary>No attack, for comparison: models that were not trained on the user.</summary>
    public const string Likeness = "no attack: likeness alone";

    // The share of a list's seeds that join between the two days.
    private const double JoiningShare = 0.1;

    /// <summary>The absentees that the fitted scores name, per list.</summary>
    public IReadOnlyList<Suspects> Absentees { get; private set; } = [];

    /// <summary>The users who left the audience when a tenth of the seeds joined the list, per list.</summary>
    public IReadOnlyList<Suspects> Leavers { get; private set; } = [];

    /// <summary>Runs each attack on each list.</summary>
    /// <param name="method">The method that trains the delivered models.</param>
    /// <param name="lists">The seed lists.</param>
    /// <param name="size">The size of the audiences.</param>
    /// <returns>Figures per list, by attack.</returns>
    public IReadOnlyDictionary<string, AttackFigures[]> Run(IExpansionMethod method, IReadOnlyList<SeedMatch> lists, AudienceSize size)
    {
        var inputs = Train(method, lists);
        var placed = Attacks.Placed(crowd, lists, threads);
        var found = new Dictionary<string, AttackFigures[]>();
        bool[][] seeds = [.. lists.Select(list => crowd.Mark(list.Users))];
        foreach (var include in new[] { false, true })
        {
            var exports = Export(inputs, size, include);
            var surrogates = Attacks.Surrogates(crowd, exports, threads);
            Add(include ? InIds : OutIds, i => Suspicion(surrogates[i], exports[i], include));
            var fits = new double[lists.Count][];
            Parallel.For(0, fits.Length, new ParallelOptions { MaxDegreeOfParallelism = threads },
                i => fits[i] = ScoreFit.Predict(crowd, exports[i], surrogates[i]));
            Add(include ? InScores : OutScores, i => Suspicion(fits[i], exports[i], include));
            if (include) continue;
            Absentees = [.. fits.Select((fit, i) => Suspects.Absent(fit, exports[i], seeds[i]))];
            Leavers = Left(method, lists, size, exports);
        }

        if (crowd.Population.HasItems)
        {
            using var inspector = new SeedInspector(crowd.Population, [FeatureTable.Items(crowd.Population, null)],
                new InsightOptions { Threads = threads });
            var pages = inspector.Inspect(lists);
            Add(Page, i => Attacks.Insight(crowd, pages[i]));
        }

        Add(Likeness, i => placed[i]);
        return found;

        void Add(string attack, Func<int, double[]> suspicion)
        {
            var figures = new AttackFigures[lists.Count];
            Parallel.For(0, lists.Count, new ParallelOptions { MaxDegreeOfParallelism = threads },
                i => figures[i] = AttackFigures.Of(suspicion(i), seeds[i], placed[i]));
            found[attack] = figures;
        }
    }

    private Suspects[] Left(IExpansionMethod method, IReadOnlyList<SeedMatch> lists, AudienceSize size, Export[] today)
    {
        HoldOut[] splits = [.. lists.Select(list => HoldOut.Random(list, JoiningShare, 1, 0, crowd.Population))];
        var yesterday = Export(Train(method, [.. splits.Select(split => split.Training)]), size, include: false);
        return [.. splits.Select((split, i) => Suspects.Left(yesterday[i], today[i], crowd.Mark(split.Held.Users)))];
    }

    private ExpansionInput[] Train(IExpansionMethod method, IReadOnlyList<SeedMatch> lists)
    {
        var models = ModelTraining.TrainAll(method, lists, new SampleWeightOptions(), TrainingContext.For(crowd.Population), threads);
        return [.. lists.Zip(models, (list, model) => new ExpansionInput(list.List.Id, model.Scorer, list.Users))];
    }

    private static double[] Suspicion(double[] scores, Export export, bool include) =>
        include ? Attacks.Present(scores, export) : Attacks.Absent(scores, export);

    private Export[] Export(ExpansionInput[] inputs, AudienceSize size, bool include) =>
    [
        .. Expansion.Run(crowd.Population, inputs, [], new ExpansionOptions { Sizes = [size], IncludeSeeds = include, Threads = threads })
            .Select(audience =>
            new Export(
                [.. audience.Members.Select(member => crowd.PlaceOf(member.User))], [.. audience.Members.Select(member => (double)member.Score)])),
    ];
}
