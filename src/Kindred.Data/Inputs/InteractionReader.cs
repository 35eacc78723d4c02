using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Inputs;

/// <summary>Reads interactions: user_id, item_id and, if there are such columns, weight and timestamp.</summary>
/// <remarks>Needs at most about 20 bytes per row, and the distinct ids.</remarks>
public static class InteractionReader
{
    private const int MostNamed = 20;

    /// <summary>Reads all files, one after the other.</summary>
    /// <param name="files">CSV, gzip CSV or Parquet.</param>
    /// <param name="users">The whole population, or null to take the users from the interactions. Rows of other users are left out;
    /// users without rows have none.</param>
    /// <param name="options">Names of columns.</param>
    /// <param name="progress">Receives progress every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KindredException">A file or a row is wrong, or nothing is left.</exception>
    public static InteractionInput Read(
        IReadOnlyList<string> files,
        UserTable? users = null,
        InteractionOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new InteractionOptions();
        var rows = new InteractionRows(users);
        string? first = null;
        var others = new List<string>();
        var forgotten = 0L;
        var count = InputFiles.ReadRows(
            files, "interactions", HeaderRule.Always, options.Rules, Open, null, progress, cancellationToken) - forgotten;

        var input = InteractionMatrixBuilder.Build(rows, users, count, options.KeepNonPositive, cancellationToken);
        if (input.Matrix.Rows.Entries > 0) return input with { OtherColumns = others };
        var lost = $"{rows.UnknownUserRows:N0} are of users that are not in the users' file, " +
            $"{input.Report.DroppedPairs:N0} pairs sum to zero or less";
        throw Errors.BadFile("no_interactions_left", string.Join(", ", files.Take(3)), $"line 2: of {count:N0} rows none is left ({lost})",
            "Check that both files write user ids the same way, and the sign of the weights");

        Action Open(TableReader table, int _)
        {
            var user = table.RequireIds(options.UserColumn);
            var item = table.RequireIds(options.ItemColumn);
            var weight = options.WeightColumn is { } name ? table.Require(name) : table.Find("weight");
            var time = options.TimestampColumn is { } timeName ? table.Require(timeName) : table.Find(ColumnNames.DefaultTimestamp);
            if (first is not null && time >= 0 != rows.HasTimestamps)
            {
                var (with, without) = time >= 0 ? (table.File, first) : (first, table.File);
                throw Errors.BadFile(
                    "inconsistent_columns", without, $"line 1: there is no column of timestamps, but {with} has one",
                    "Give the column in all files, or in none");
            }

            first ??= table.File;
            foreach (var (column, at) in table.Columns.Select((column, at) => (column, at)))
            {
                if (at != user && at != item && at != weight && at != time && others.Count < MostNamed && !others.Contains(column))
                {
                    others.Add(column);
                }
            }

            rows.HasTimestamps = time >= 0;
            return options.Forgotten.Count == 0 ? () => rows.Add(table, user, item, weight, time) : () =>
            {
                if (options.Forgotten.Contains(table.PlainId(user))) forgotten++;
                else rows.Add(table, user, item, weight, time);
            };
        }
    }
}
