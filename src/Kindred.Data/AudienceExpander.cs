using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Evaluation;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Data;

/// <summary>Expands seed lists to audiences with the default method and its defaults: the short way into the library.</summary>
/// <remarks>The result is the same as that of the single steps: reading, matching, <see cref="ModelTraining"/>, and an expansion.</remarks>
public sealed class AudienceExpander : IDisposable
{
    private const double HeldOutShare = 0.1;

    private readonly Population _population;

    private AudienceExpander(Population population) => _population = population;

    /// <summary>Opens a population.</summary>
    /// <param name="population">The folder of a population.</param>
    /// <exception cref="KindredException">The folder is not a population, or it is damaged.</exception>
    public static AudienceExpander Open(string population) => new(PopulationSnapshot.Open(population));

    /// <summary>Trains one model per seed list.</summary>
    /// <param name="seeds">Files of seed lists: CSV, JSON Lines or Parquet.</param>
    /// <returns>The models; valid until this object is disposed of.</returns>
    /// <exception cref="KindredException">A file is wrong, or a list has too few users in the population.</exception>
    public TrainedExpander Train(params IReadOnlyList<string> seeds)
    {
        var lists = Match(seeds);
        var models = ModelTraining.TrainAll(
            new MlpMethod(), lists, new SampleWeightOptions(), TrainingContext.For(_population), Environment.ProcessorCount);
        return new TrainedExpander(_population, lists, models);
    }

    /// <summary>Measures the quality on held-out seeds: a random tenth of each list is held out, and the rest is trained on.</summary>
    /// <param name="seeds">Files of seed lists: CSV, JSON Lines or Parquet.</param>
    /// <exception cref="KindredException">A file is wrong, or a list has too few users in the population.</exception>
    public EvaluationResult Evaluate(params IReadOnlyList<string> seeds)
    {
        var splits = Match(seeds).Select(list => new[] { HoldOut.Random(list, HeldOutShare, seed: 1, repeat: 0, _population) }).ToArray();
        return new Evaluator(_population, new EvaluationOptions()).Evaluate(new MlpMethod(), splits);
    }

    /// <inheritdoc/>
    public void Dispose() => _population.Dispose();

    private SeedMatch[] Match(IReadOnlyList<string> seeds) =>
        [.. SeedListReader.Read(seeds).Select(list => SeedMatch.Of(list, _population))];
}
