using System.Globalization;

namespace Kindred.Cli.Terminal;

/// <summary>A text table: the first column is left-aligned, the others are right-aligned.</summary>
internal static class TextTable
{
    /// <summary>The maximum number of lists in a table.</summary>
    public const int ListsShown = 50;

    public static void Write(TextWriter output, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(header).ToArray();
        var widths = Enumerable.Range(0, header.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    /// <summary>Writes a table by list: the first lists, and how many more there are.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="header">What the columns are called.</param>
    /// <param name="lists">All lists.</param>
    /// <param name="rows">The rows of one.</param>
    public static void WriteLists<T>(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<T> lists, Func<T, IEnumerable<IReadOnlyList<string>>> rows)
    {
        Write(output, header, lists.Take(ListsShown).SelectMany(rows));
        WriteMore(output, lists.Count);
    }

    /// <summary>Writes how many lists the table leaves out, if any.</summary>
    public static void WriteMore(TextWriter output, int lists)
    {
        if (lists > ListsShown) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {lists - ListsShown:N0} {(lists == ListsShown + 1 ? "list" : "lists")} more; --output json has all."));
    }

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Figure(double value) => double.IsNaN(value) ? "–" : value.ToString("F4", CultureInfo.InvariantCulture);
}
