using Kindred.Numerics;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.InformationValue;

/// <summary>The information that an item gives to tell seeds from candidates.</summary>
/// <remarks>
/// IV = (p − q) ln[p (1 − q) / ((1 − p) q)], never below zero. Counts are increased by half a user and totals by one, so that shares are
/// never 0 or 1.
/// </remarks>
/// <param name="Item">The item's number in the population.</param>
/// <param name="Seeds">Seeds that have it, each counted once: the count that privacy thresholds use.</param>
/// <param name="SeedShare">p, the share of seeds that have it, weighted by sample weights.</param>
/// <param name="CandidateShare">q, the share of the candidates that have it.</param>
internal readonly record struct ItemInformation(int Item, int Seeds, double SeedShare, double CandidateShare)
{
    /// <summary>p/q: the ratio of the seeds' share to the candidates' share.</summary>
    public double Lift => SeedShare / CandidateShare;

    /// <summary>The information value, in nats.</summary>
    public double Value => (SeedShare - CandidateShare) * (LogOdds(SeedShare) - LogOdds(CandidateShare));

    /// <summary>Measures every item of a population for one seed list.</summary>
    /// <param name="seeds">The users to learn from, in the candidate pool or not.</param>
    /// <param name="seedWeights">One sample weight for each of them.</param>
    /// <param name="context">The population and its candidates.</param>
    /// <returns>One entry per item, by item number.</returns>
    /// <exception cref="KindredException">The population has no items.</exception>
    public static ItemInformation[] Of(SeedMatch seeds, float[] seedWeights, TrainingContext context)
    {
        var items = context.Items;
        var counts = new int[items.Items];
        var weights = new double[items.Items];
        var total = 0.0;
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            total += seedWeights[i];
            foreach (var item in ItemMatrix.ItemsOf(context.Population, seeds.Users[i]))
            {
                counts[item]++;
                weights[item] += seedWeights[i];
            }
        }

        var candidates = items.Users * items.Scale;
        var information = new ItemInformation[items.Items];
        for (var item = 0; item < information.Length; item++)
        {
            var have = items.UsersOf(item).Length * items.Scale;
            information[item] =
                new ItemInformation(item, counts[item], (weights[item] + 0.5) / (total + 1), (have + 0.5) / (candidates + 1));
        }

        return information;
    }

    private static double LogOdds(double share) => PortableMath.Log(share / (1 - share));
}
