using Kindred.Data.Tables;

namespace Kindred.Data.Inputs;

/// <summary>Counts bad rows by problem and records the places of the first ones. It stores no value of any row.</summary>
public sealed class RejectedRows
{
    /// <summary>Maximum number of places recorded per problem.</summary>
    public const int MostPlaces = 1_000;

    private readonly SortedDictionary<RowProblem, (long Count, List<RowPlace> Places)> _problems = [];

    /// <summary>The number of bad rows.</summary>
    public long Count { get; private set; }

    /// <summary>Each problem that was found, its number of rows, and the places of the first ones.</summary>
    public IEnumerable<(RowProblem Problem, long Count, IReadOnlyList<RowPlace> Places)> Problems =>
        _problems.Select(problem => (problem.Key, problem.Value.Count, (IReadOnlyList<RowPlace>)problem.Value.Places));

    internal void Add(RowException row)
    {
        Count++;
        var (count, places) = _problems.GetValueOrDefault(row.Reason, (0, []));
        if (places.Count < MostPlaces) places.Add(new RowPlace(row.File, row.Line, row.Column) { LineName = row.LineName });
        _problems[row.Reason] = (count + 1, places);
    }
}

/// <summary>The place of a bad row.</summary>
/// <param name="File">The file, as it was named by the caller.</param>
/// <param name="Line">The 1-based line of a CSV file, the 1-based row of a Parquet file.</param>
/// <param name="Column">The column, or null if the row as a whole is wrong.</param>
public sealed record RowPlace(string File, long Line, string? Column)
{
    /// <summary>The unit of <see cref="Line"/>: "line" or "row".</summary>
    public string LineName { get; init; } = "line";
}
