using Kindred.App.Checking;
using Kindred.Data.Tables;
using Kindred.SeedLists.Checks;

namespace Kindred.Reports.Check;

/// <summary>What a check found, in sentences. None of them holds an id of a user.</summary>
public static class CheckWords
{
    /// <summary>The rejected rows' problem, as the end of a sentence, and what to do.</summary>
    public static string Of(RowProblem problem) => problem switch
    {
        RowProblem.WrongNumberOfValues => "the row has more or fewer values than the header has columns: quote values that contain the delimiter",
        RowProblem.BadJson => "the line is not one JSON object of texts and numbers, each key once",
        RowProblem.EmptyId => "the id is empty",
        RowProblem.LongId => "the id has more than 128 bytes",
        RowProblem.SpaceAroundId => "the id starts or ends with white space: remove it",
        RowProblem.NotAHash => "the id is no hash of the hash function that was given",
        RowProblem.NotANumber => "the metric is not a number",
        RowProblem.DecimalComma => "the metric has a decimal comma: export it with a decimal point",
        RowProblem.NotFinite => "the metric is not finite",
        RowProblem.NegativeMetric => "the metric is negative",
        RowProblem.LargeMetric => "the metric is too large",
        _ => "a value is not what its column holds",
    };

    /// <summary>A verdict in a cell.</summary>
    public static string Of(ListVerdict verdict) => verdict switch
    {
        ListVerdict.Usable => "usable",
        ListVerdict.Unmatched => "nobody matches",
        ListVerdict.TooSmall => "too small",
        _ => "too broad",
    };

    /// <summary>Why lists cannot be used, after their number.</summary>
    public static string Why(ListVerdict verdict, CheckRequest request) => verdict switch
    {
        ListVerdict.Unmatched => "with nobody in the population",
        ListVerdict.TooSmall => FormattableString.Invariant($"with fewer than {request.Check.MinimumSeeds:N0} users {(request.Check.Country is { } country ? "in " + country : "in the population")}"),
        _ => FormattableString.Invariant($"with more than {request.Check.MostShare:0.##%} of {(request.Check.Country is { } country ? country + "'s" : "all")} users"),
    };
}
