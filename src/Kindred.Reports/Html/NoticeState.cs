namespace Kindred.Reports.Html;

/// <summary>The kinds of state that a notice shows.</summary>
public enum NoticeState
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Something deserves a look.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Bad,
}
