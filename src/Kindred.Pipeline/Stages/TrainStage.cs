using System.Text;
using Kindred.Catalog;
using Kindred.Data.Models;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Store;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Stages;

/// <summary>Trains the models of one batch of lists.</summary>
/// <remarks>A list that cannot be trained on is rejected with the reason; other lists are not affected.</remarks>
internal static class TrainStage
{
    public static void Run(StageContext context, UnitTask task) => context.Store.Objects.Make(task.Output, folder =>
    {
        var first = context.Plan.Units[task.Units[0]];
        var outcomes = new TrainOutcome[task.Units.Count];
        var matches = new SeedMatch[task.Units.Count];
        var weights = new float[task.Units.Count][];
        TrainingContext? training = null;
        string? wrong = null;
        try
        {
            training = context.TrainingFor(first.TrainingCountry);
        }
        catch (KindredException error) when (ListProblem.Is(error))
        {
            wrong = error.Message;
        }

        Parallel.For(0, matches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation },
            i => (matches[i], weights[i], outcomes[i]) = Match(context, context.Plan.Units[task.Units[i]], wrong));
        var models = new List<StoredModel>();
        int[] left = [.. Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i].Rejected is null)];
        if (left.Length > 0)
        {
            var trained = Train(context, task, left, matches, weights, training!);
            for (var i = 0; i < left.Length; i++)
            {
                var at = left[i];
                var (model, rejected) = trained[i];
                if (model is null)
                {
                    outcomes[at] = outcomes[at] with { Rejected = rejected };
                    continue;
                }

                outcomes[at] = outcomes[at] with { Model = models.Count };

                var scorer = (IStoredScorer)model.Scorer;
                models.Add(new StoredModel(matches[at].List.Id, scorer, SeedsOf(scorer.Parameters, matches[at], context.Population),
                    outcomes[at].Given, model.Report)
                { Reason = model.Reason });
            }
        }

        TrainOutcome.Write(folder, outcomes);
        ModelFolder.Write(TrainOutcome.ModelsIn(folder), new ModelSet
        {
            Method = first.Method,
            PopulationVersion = context.Plan.PopulationVersion,
            EmbeddingSpace = context.Plan.EmbeddingSpace,
            Country = first.TrainingCountry,
            Settings = context.Plan.Training,
            Models = models,
        });
        StageFormats.Complete(folder, StageFormats.Train);
    });

    // Seeds stay with the lists, except those whose embeddings or items the model holds: a deletion must find it.
    private static IdList SeedsOf(ScorerParameters scorer, SeedMatch seeds, Population population) =>
        HoldsSeeds(scorer) ? IdList.From(seeds.Users.Select(user => Encoding.UTF8.GetString(population.UserId(user)))) : IdList.Empty;

    private static bool HoldsSeeds(ScorerParameters scorer) => Methods.All.HoldsSeeds(scorer.Kind) || scorer.Parts.Any(HoldsSeeds);

    private static (SeedMatch, float[], TrainOutcome) Match(StageContext context, PlannedUnit unit, string? wrong)
    {
        var list = context.Seeds[unit.Place];
        var match = SeedMatch.Of(list, context.Population);
        var matched = match.Users.Count;
        if (wrong is null && unit.TrainingCountry is not null)
        {
            match = match.InCountry(context.Population, context.Population.CountryNumber(unit.TrainingCountry)!.Value);
        }

        var outcome = new TrainOutcome(list.Given, matched, match.Users.Count, null, wrong);
        if (wrong is null)
        {
            outcome = outcome with
            {
                Rejected = SeedMinimum.Problem(context.Plan.MinimumSeeds, list.Given, matched, match.Users.Count, unit.TrainingCountry),
            };
        }

        if (outcome.Rejected is not null) return (match, [], outcome);
        try
        {
            return (match, SampleWeights.Of(match, new SampleWeightOptions { Metrics = unit.WeightBy }), outcome);
        }
        catch (KindredException error) when (ListProblem.Is(error))
        {
            return (match, [], outcome with { Rejected = error.Message });
        }
    }

    private static (SeedModel? Model, string? Rejected)[] Train(
        StageContext context, UnitTask task, int[] left, SeedMatch[] matches, float[][] weights, TrainingContext training)
    {
        var method = new ModelMethods(context.Plan.Population).Create(context.Plan.Units[task.Units[0]].Method, context.Plan);
        var previous = Previous(context, [.. left.Select(i => context.Plan.Units[task.Units[i]])]);
        SeedMatch[] lists = [.. left.Select(i => matches[i])];
        float[][] weightsOf = [.. left.Select(i => weights[i])];
        try
        {
            return [.. ModelTraining.TrainAll(method, lists, weightsOf, previous, training, context.Threads, context.Progress,
                context.Cancellation)
                .Select(model => ((SeedModel?)model, (string?)null))];
        }
        catch (KindredException error) when (ListProblem.Is(error))
        {
            // One of the lists cannot be trained on. Training each alone finds it; models do not depend on the others of a batch.
            return [.. lists.Select((list, i) => One(list, weightsOf[i], previous[i]))];
        }

        (SeedModel?, string?) One(SeedMatch list, float[] weight, PreviousModel? before)
        {
            try
            {
                return (ModelTraining.TrainAll(method, [list], [weight], [before], training, context.Threads, null,
                    context.Cancellation)[0], null);
            }
            catch (KindredException error) when (ListProblem.Is(error))
            {
                return (null, error.Message);
            }
        }
    }

    private static PreviousModel?[] Previous(StageContext context, PlannedUnit[] units)
    {
        var previous = new PreviousModel?[units.Length];
        foreach (var pack in Enumerable.Range(0, units.Length).Where(i => units[i].Before is not null).GroupBy(i => units[i].Before!.Output))
        {
            var models = context.Open(pack.Key, [.. pack.Select(i => units[i].Before!)]);
            foreach (var (i, model) in pack.Zip(models))
            {
                if (model is not null) previous[i] = new PreviousModel(model.Scorer, model.Report);
            }
        }

        return previous;
    }
}
