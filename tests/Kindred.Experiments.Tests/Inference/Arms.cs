
namespace Kindred.Experiments.Tests.Inference;

/// <summary>Generators of arms, including odd ones.</summary>
internal static class Arms
{
    /// <summary>Values of both signs, near to 0 and far from it in standard errors.</summary>
    public static Gen<ArmEstimate> Usual { get; } =
        Gen.Select(Gen.Double[-10, 10], Gen.Double[0.1, 50], Gen.Long[2, 2_000]).Select((value, variance, units) => new ArmEstimate(value, variance, units));

    /// <summary>Values within some standard errors of 0, and a few that are further away.</summary>
    public static Gen<ArmEstimate> NearZero { get; } = Gen.OneOf(
        Usual, Gen.Select(Gen.Double[-6, 6], Gen.Double[0.1, 50], Gen.Long[2, 2_000])
            .Select((errors, variance, units) => new ArmEstimate(errors * Math.Sqrt(variance / units), variance, units)));

    /// <summary><see cref="Usual"/> arms, and special cases of real logs: no units, one unit, equal units, unknown variances.</summary>
    public static Gen<ArmEstimate> Any { get; } = Gen.OneOf(
        Usual, Gen.Select(OneOf<double>(0, 1, -1, 1e-300, 1e100), OneOf<double>(0, 1e-300, 1, 1e100, double.PositiveInfinity), OneOf(0L, 1, 2, 1_000_000_000))
            .Select((value, variance, units) => new ArmEstimate(value, variance, units)));

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static ArmEstimate Scaled(this ArmEstimate arm, double factor) =>
        new(arm.Value * factor, arm.UnitVariance * factor * factor, arm.Units);
}
