using System.Text;

namespace Kindred.Data.Tables;

/// <summary>A column that is not in a file but in the names of its folders, as Hive and Spark write it: country=DE/part-0.parquet.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Value">Its value in all rows; empty if it is missing.</param>
internal sealed record Partition(string Column, byte[] Value)
{
    private const string MissingValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>Tells whether a folder's name has the form key=value.</summary>
    public static bool Is(string folder) => Path.GetFileName(folder) is { } name && name.IndexOf('=', StringComparison.Ordinal) > 0
        && name[0] is not ('.' or '_');

    /// <summary>The columns in the names of the folders right above a file, without those that the file has itself.</summary>
    public static IReadOnlyList<Partition> Of(string file, IReadOnlyList<string> columns)
    {
        var found = new List<Partition>();
        for (var folder = Path.GetDirectoryName(file); !string.IsNullOrEmpty(folder) && Is(folder); folder = Path.GetDirectoryName(folder))
        {
            var name = Path.GetFileName(folder);
            var equals = name.IndexOf('=', StringComparison.Ordinal);
            var (column, value) = (Uri.UnescapeDataString(name[..equals]), Uri.UnescapeDataString(name[(equals + 1)..]));
            if (columns.Contains(column) || found.Any(other => other.Column == column)) continue;
            found.Insert(0, new Partition(column, value == MissingValue ? [] : Encoding.UTF8.GetBytes(value)));
        }

        return found;
    }
}
