using Kindred.App.Checking;
using Kindred.Data.Tables;
using Kindred.SeedLists.Checks;

namespace Kindred.Reports.Check;

/// <summary>The findings of a check as sentences. No sentence contains a user id.</summary>
public static class CheckWords
{
    /// <summary>Describes a problem of rejected rows and what to do about it.</summary>
    public static string Of(RowProblem problem) => problem switch
    {
        RowProblem.WrongNumberOfValues => "the row has more or fewer values than the header has columns: quote values that contain the " +
            "delimiter",
        RowProblem.BadJson => "the line is not a JSON object of strings and numbers with unique keys",
        RowProblem.RepeatedHeader => "the header is repeated: give files one by one, or delete the line",
        RowProblem.EmptyId => "the id is empty",
        RowProblem.MissingId => "the id is a word that exports write for a missing value, such as NULL",
        RowProblem.LongId => "the id has more than 128 bytes",
        RowProblem.SpaceAroundId => "the id starts or ends with white space: remove it",
        RowProblem.NotAHash => "the id is not a hash of the given function",
        RowProblem.NotANumber => "the metric is not a number",
        RowProblem.DecimalComma => "the metric has a decimal comma: export it with a decimal point",
        RowProblem.NotFinite => "the metric is not finite",
        RowProblem.NegativeMetric => "the metric is negative",
        RowProblem.LargeMetric => "the metric is too large",
        _ => "a value does not fit its column",
    };

    /// <summary>A verdict as a table cell.</summary>
    public static string Of(ListVerdict verdict) => verdict switch
    {
        ListVerdict.Usable => "usable",
        ListVerdict.Unmatched => "nobody matches",
        ListVerdict.TooSmall => "too small",
        _ => "too broad",
    };

    /// <summary>The reason why a number of lists cannot be used.</summary>
    public static string Why(ListVerdict verdict, CheckRequest request) => verdict switch
    {
        ListVerdict.Unmatched => "without users in the population",
        ListVerdict.TooSmall => FormattableString.Invariant($"with fewer than {request.Check.MinimumSeeds:N0} users {(request.Check.Country is { } country ? "in " + country : "in the population")}"),
        _ => FormattableString.Invariant(
            $"with more than {request.Check.MostShare:0.##%} of {(request.Check.Country is { } country ? country + "'s" : "all")} users"),
    };
}
