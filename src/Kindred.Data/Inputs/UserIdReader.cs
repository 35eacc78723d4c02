using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Reads plain lists of users: exclusions, deletions, hold-outs.</summary>
public static class UserIdReader
{
    /// <summary>Reads the column of users of all files.</summary>
    /// <param name="files">CSV, JSON lines or Parquet.</param>
    /// <param name="userColumn">The column.</param>
    /// <param name="hash">The hash function of the ids, which are hexadecimal digits or Base64; null if they are not hashed.</param>
    /// <param name="rules">How values are written; null for the usual way.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The distinct ids in ordinal order; hashes as lower-case hexadecimal digits.</returns>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public static IdList Read(
        IReadOnlyList<string> files, string userColumn = "user_id", IdHashFunction? hash = null, TableRules? rules = null,
        CancellationToken cancellationToken = default)
    {
        var ids = new IdTable();
        var cell = new UserCell(hash);
        InputFiles.ReadRows(files, "user ids", HeaderRule.UnlessLikeData(userColumn, hash), rules ?? TableRules.Usual, Open, null, null,
            cancellationToken);
        return ids.Sorted(out _);

        Action Open(TableReader table, int file)
        {
            var user = table.RequireIds(userColumn);
            return () => ids.GetOrAdd(cell.Of(table, user));
        }
    }

    /// <summary>Reads the columns seed_list_id, which must be there, and user_id.</summary>
    /// <returns>Each list's distinct ids in ordinal order, by the list's id.</returns>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public static IReadOnlyDictionary<string, IdList> ReadByList(
        IReadOnlyList<string> files, SeedListOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadLists(files, options, cancellationToken).ToDictionary(list => list.Id, list => list.Users, StringComparer.Ordinal);

    /// <summary>Reads the columns seed_list_id, which must be there, and user_id, as seed lists.</summary>
    /// <exception cref="KindredException">A file or a row is wrong.</exception>
    public static IReadOnlyList<SeedList> ReadLists(
        IReadOnlyList<string> files, SeedListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SeedListOptions();
        var rows = new SeedListRows(options);
        InputFiles.ReadRows(files, "users of seed lists", HeaderRule.Always, options.Rules, Open, null, null, cancellationToken);
        return rows.Build();

        Action Open(TableReader table, int file)
        {
            table.RequireIds(options.ListColumn);
            return rows.Open(table, file);
        }
    }
}
