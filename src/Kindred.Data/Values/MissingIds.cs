namespace Kindred.Data.Values;

/// <summary>What happens to rows whose id is empty, or a word such as NULL that exports write for a missing value.</summary>
public enum MissingIds
{
    /// <summary>They are errors.</summary>
    Refuse,

    /// <summary>They are left out and counted.</summary>
    Skip,

    /// <summary>Such words are ids like any other; only \N and empty ids are errors.</summary>
    Keep,
}
