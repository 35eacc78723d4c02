namespace Kindred.Insight;

/// <summary>The verdict on a seed list: can its audience be similar to it?</summary>
public enum SeedVerdict
{
    /// <summary>Large and alike enough.</summary>
    Fine,

    /// <summary>Its users have so little in common that their likes are hard to tell from anybody.</summary>
    TooMixed,

    /// <summary>So few users that the model and all measurements are uncertain.</summary>
    TooFewToJudge,

    /// <summary>Too few seeds have an embedding, or too few other users are left, to tell how alike they are.</summary>
    CannotBeTold,
}
