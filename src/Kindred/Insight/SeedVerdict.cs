namespace Kindred.Insight;

/// <summary>Whether a seed list promises an audience that is alike.</summary>
public enum SeedVerdict
{
    /// <summary>Large and alike enough.</summary>
    Fine,

    /// <summary>Its users have so little in common that their likes are hard to tell from anybody.</summary>
    TooMixed,

    /// <summary>So few users that what is learnt of them, and what is measured, is uncertain.</summary>
    TooFewToJudge,

    /// <summary>Too few seeds have an embedding, or too few other users are left, to tell how alike they are.</summary>
    CannotBeTold,
}
