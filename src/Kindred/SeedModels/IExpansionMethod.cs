using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>What every training needs beside the seed list.</summary>
/// <param name="Population">The users.</param>
/// <param name="Pool">Active users of the target country, where negatives come from.</param>
public sealed record TrainingContext(Population Population, CandidatePool Pool);

/// <summary>A way to grow a seed list: learns to score users for it.</summary>
public interface IExpansionMethod
{
    /// <summary>The name that it is asked for by.</summary>
    string Name { get; }

    /// <summary>Learns from one seed list. The same inputs and seed give the same scorer, bit for bit.</summary>
    /// <param name="seeds">The matched users to learn from.</param>
    /// <param name="seedWeights">One sample weight for each user of the list as it was given: <see cref="SampleWeights"/>.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <param name="cancellation">Stops the training.</param>
    SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default);
}

/// <summary>What came out of a training.</summary>
/// <param name="Scorer">Scores users for the seed list.</param>
/// <param name="Report">Figures of the training by name, for manifests and people.</param>
public sealed record SeedModel(IUserScorer Scorer, IReadOnlyDictionary<string, double> Report);
