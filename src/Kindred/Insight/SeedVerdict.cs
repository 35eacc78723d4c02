namespace Kindred.Insight;

/// <summary>The verdict on a seed list: its audience can be similar to it, or the reason why not.</summary>
public enum SeedVerdict
{
    /// <summary>The list is large and homogeneous enough.</summary>
    Fine,

    /// <summary>Its users have so little in common that similar users are hard to distinguish from others.</summary>
    TooMixed,

    /// <summary>It has so few users that the model and all measurements are uncertain.</summary>
    TooFewToJudge,

    /// <summary>Too few seeds have an embedding, or too few other users are left, to measure the similarity of the seeds.</summary>
    CannotBeTold,
}
