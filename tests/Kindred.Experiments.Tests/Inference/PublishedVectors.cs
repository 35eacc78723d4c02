using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Tests.Inference;

/// <summary>Arms from GrowthBook's test suite.</summary>
internal static class PublishedVectors
{
    public static ArmEstimate A { get; } = Mean(1396.87, 52377.9767, 3407);

    public static ArmEstimate ShortA { get; } = Mean(1396.87, 52377.9767, 3000);

    public static ArmEstimate B { get; } = Mean(2422.7, 134698.29, 3461);

    public static ArmEstimate Mean(double sum, double squares, long units) =>
        ArmEstimates.Of(MetricKind.Mean, MetricMoments.OfMean(sum, squares, units));

    public static ArmEstimate Share(long successes, long units) =>
        ArmEstimates.Of(MetricKind.Share, MetricMoments.OfMean(successes, successes, units));

    public static void AssertEqual(double[] expected, int digits, LiftEstimate lift)
    {
        double[] found = [lift.Estimate, lift.Low, lift.High, lift.PValue];
        Assert.Equal(expected, found.Select(value => Math.Round(value, digits)));
    }
}
