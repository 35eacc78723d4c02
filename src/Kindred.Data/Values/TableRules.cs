using Kindred.Ids;

namespace Kindred.Data.Values;

/// <summary>How the values of input tables are written, where that is not the usual way.</summary>
public sealed record TableRules
{
    /// <summary>The usual way: ids byte for byte, ISO 8601 or unix times, decimal points.</summary>
    public static TableRules Usual { get; } = new();

    /// <summary>Rules for tables that Kindred wrote: whatever is in them was checked before.</summary>
    public static TableRules Own { get; } = new() { MissingIds = MissingIds.Keep };

    /// <summary>The normalisation of ids in all tables; hashes are not normalised, but the ids that are hashed to find them.</summary>
    /// <value>Default: none.</value>
    public IdNormalization Ids { get; init; } = IdNormalization.None;

    /// <summary>What happens to rows without an id.</summary>
    /// <value>Default: they are errors.</value>
    public MissingIds MissingIds { get; init; }

    /// <summary>The form of points in time.</summary>
    /// <value>Default: null, ISO 8601 and unix times.</value>
    public TimestampFormat? Timestamps { get; init; }

    /// <summary>True if numbers have a decimal comma, as in 1.234,5.</summary>
    /// <value>Default: no.</value>
    public bool DecimalComma { get; init; }

    /// <summary>What of these rules changes the contents of what is read, as a text; empty for the usual way.</summary>
    public string Key => this with { Note = null } == Usual ? ""
        : $"{Ids};{MissingIds};{Timestamps?.Name};{(DecimalComma ? "comma" : "")}";

    /// <summary>Tells whether a text stands for a missing value.</summary>
    internal bool IsMissing(ReadOnlySpan<byte> value) =>
        IdText.IsMissingWord(value) && (MissingIds != MissingIds.Keep || IdText.IsBackslashN(value));

    /// <summary>The same rules with remarks that go to <paramref name="progress"/>.</summary>
    public TableRules Noting(IProgressReporter progress) => this with { Note = progress.Note };

    /// <summary>Receives remarks about files that are not errors.</summary>
    /// <value>Default: null, nobody.</value>
    public Action<FormattableString>? Note { get; init; }
}
