using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Evaluation;

/// <summary>Scores users by a table and records the users it was trained on.</summary>
internal sealed class TableMethod(IReadOnlyDictionary<string, float> scores) : IExpansionMethod
{
    public string Name => "table";

    public UserInputs Reads => UserInputs.None;

    public List<SeedMatch> Trained { get; } = [];

    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        lock (Trained) Trained.Add(seeds);
        return new SeedModel(new TableScorer(scores), new Dictionary<string, double>());
    }
}
