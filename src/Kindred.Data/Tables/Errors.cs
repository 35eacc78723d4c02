namespace Kindred.Data.Tables;

/// <summary>The errors about whole files that every format shares.</summary>
internal static class Errors
{
    public static KindredException BadFile(string file, string problem, string advice, Exception? inner = null) =>
        new(ErrorKind.BadInput, $"{file}: {problem}. {advice}.", inner);

    public static KindredException BadLine(string file, long line, string problem, string advice, Exception? inner = null) =>
        new(ErrorKind.BadInput, $"{file}, line {line}: {problem}. {advice}.", inner);

    public static KindredException DuplicateColumn(string file, string column) =>
        BadFile(file, $"line 1, column '{column}': the header has this name more than once", "Rename or delete one of the columns");

    public static KindredException MissingColumn(string file, string column, IReadOnlyList<string> columns)
    {
        var there = string.Join(", ", columns.Take(20).Select(name => $"'{name}'")) + (columns.Count > 20 ? ", …" : "");
        var close = columns.MinBy(name => Distance(name, column));
        var advice = close is not null && Distance(close, column) <= column.Length / 2
            ? $"Did you mean '{close}'? Rename it in the header to '{column}'"
            : "Add it, or rename a column in the header; the first line of the file must be the header";
        return BadFile(file, $"line 1: there is no column '{column}'; the columns are {there}", advice);
    }

    public static string Shorten(string value)
    {
        const int most = 40;
        // A lone half of a surrogate pair would not be printable.
        var end = value.Length > most && char.IsHighSurrogate(value[most - 1]) ? most - 1 : most;
        var shown = value.Length <= most ? value : value[..end] + "…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '·' : c))}'";
    }

    // Levenshtein distance without regard to case, '_', '-' and ' ': 'UserID' is near 'user_id'.
    private static int Distance(string a, string b)
    {
        a = Plain(a);
        b = Plain(b);
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];

        static string Plain(string name) =>
            string.Concat(name.Take(64).Where(c => c is not ('_' or '-' or ' ')).Select(char.ToUpperInvariant));
    }
}
