using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.InformationValue;

/// <summary>Scores a user by the sum of the information values of their items that seeds have more often than candidates.</summary>
/// <remarks>After Yahoo's look-alike system (Ma and others 2016), which weighs features the same way; the threshold p &gt; q is
/// Kindred's.</remarks>
public sealed class InformationValueMethod(InformationValueOptions options) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "iv";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Items;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var information = ItemInformation.Of(seeds, seedWeights, context);
        var weights = Array.ConvertAll(information, item => item.Lift > 1 ? (float)item.Value : 0);
        return new SeedModel(new ItemWeightsScorer(weights, 0, context.Population.MeanItems), new Dictionary<string, double>
        {
            ["positives"] = seeds.Users.Count,
            ["items"] = weights.Count(weight => weight > 0),
        });
    }
}
