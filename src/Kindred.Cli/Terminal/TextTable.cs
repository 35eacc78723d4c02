using System.Globalization;

namespace Kindred.Cli.Terminal;

/// <summary>A text table: the first column is left-aligned, the others are right-aligned.</summary>
internal static class TextTable
{
    /// <summary>The maximum number of lists in a table.</summary>
    public const int ListsShown = 50;

    public static void Write(TextWriter output, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(header).Select(row => row.Select(VisibleText.Of).ToArray()).ToArray();
        var widths = Enumerable.Range(0, header.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(
                string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))
                    .TrimEnd());
        }
    }

    /// <summary>Writes a table by list: the first lists, and the number of omitted lists.</summary>
    /// <param name="output">The output.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="lists">All lists.</param>
    /// <param name="rows">Returns the rows of a list.</param>
    public static void WriteLists<T>(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<T> lists,
        Func<T, IEnumerable<IReadOnlyList<string>>> rows)
    {
        Write(output, header, lists.Take(ListsShown).SelectMany(rows));
        WriteMore(output, lists.Count);
    }

    /// <summary>Writes the number of lists that the table omits, if any.</summary>
    public static void WriteMore(TextWriter output, int lists)
    {
        if (lists > ListsShown)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"… and {lists - ListsShown:N0} {(lists == ListsShown + 1 ? "list" : "lists")} more; --output json has all."));
        }
    }

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Figure(double value) => double.IsNaN(value) ? "–" : value.ToString("F4", CultureInfo.InvariantCulture);
}
