namespace Kindred.Experiments.Planning;

/// <summary>How an effect is told and tested.</summary>
public enum EffectScale
{
    /// <summary>As a share of the control's value: .03 is 3% more. The relative lift is tested, whose error includes that of the control's value.</summary>
    Relative,

    /// <summary>As a difference of the two values.</summary>
    Absolute,
}
