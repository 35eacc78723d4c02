namespace Kindred.Experiments.Planning;

/// <summary>The scale of an effect. The test is that of the difference either way.</summary>
public enum EffectScale
{
    /// <summary>As a share of the control's value: .03 is 3% more.</summary>
    Relative,

    /// <summary>As a difference of the two values.</summary>
    Absolute,
}
