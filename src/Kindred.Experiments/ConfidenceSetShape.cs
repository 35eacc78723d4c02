namespace Kindred.Experiments;

/// <summary>The shape of a confidence set.</summary>
public enum ConfidenceSetShape
{
    /// <summary>All values from one number to another.</summary>
    BoundedInterval,

    /// <summary>All values from a number upwards, or from a number downwards.</summary>
    HalfLine,

    /// <summary>All values outside a gap.</summary>
    TwoRays,

    /// <summary>All values: the data exclude nothing.</summary>
    WholeLine,
}
