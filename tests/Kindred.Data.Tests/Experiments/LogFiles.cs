using System.Text;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Experiments;

/// <summary>Writes rows into files of different formats.</summary>
internal static class LogFiles
{
    private static readonly string[] _columns = LogRow.Header.Split(',');

    /// <summary>Writes rows and returns each with its position.</summary>
    /// <param name="folder">The target folder.</param>
    /// <param name="name">The file name without its extension.</param>
    /// <param name="form">0 CSV, 1 gzip, 2 Parquet.</param>
    /// <param name="number">The number of the file among all.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="without">The columns to leave out.</param>
    public static (string File, LogRow[] Rows) Write(TemporaryFolder folder, string name, int form, int number, IReadOnlyList<LogRow> rows, params string[] without)
    {
        var file = form switch
        {
            0 => folder.Text(name + ".csv", Text(rows, without)),
            1 => folder.Gzip(name + ".csv.gz", Text(rows, without)),
            _ => Parquet(folder[name + ".parquet"], rows, without),
        };
        var (first, of) = form == 2 ? (1, "row") : (2, "line");
        return (file, [.. rows.Select((row, i) => row with { File = number, Line = i + first, Place = $"{file}, {of} {i + first}" })]);
    }

    private static string Text(IReadOnlyList<LogRow> rows, string[] without)
    {
        var text = new StringBuilder(string.Join(',', _columns.Except(without))).Append('\n');
        foreach (var row in rows) text.AppendJoin(',', _columns.Except(without).Select(row.Cell)).Append('\n');
        return text.ToString();
    }

    private static string Parquet(string file, IReadOnlyList<LogRow> rows, string[] without)
    {
        string[] columns = [.. _columns.Except(without)];
        using var table = TableWriter.Create(file, [.. columns.Select(column => new TableColumn(column, ColumnType.Text, Optional: true))]);
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                if (row.Cell(column) == "") table.WriteMissing();
                else table.Write(Encoding.UTF8.GetBytes(row.Cell(column)));
            }

            table.EndRow();
        }

        table.Complete();
        return file;
    }
}
