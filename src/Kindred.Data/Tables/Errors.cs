using Kindred.Data.Values;

namespace Kindred.Data.Tables;

/// <summary>The errors that tables of all formats share.</summary>
internal static class Errors
{
    /// <summary>An error about a file.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong, as the end of a sentence, without a full stop.</param>
    /// <param name="advice">What to do, as a sentence without a full stop.</param>
    /// <param name="inner">The underlying error.</param>
    public static KindredException BadFile(string code, string file, string problem, string advice, Exception? inner = null) =>
        new(ErrorKind.BadInput, code, $"{file}: {problem}.", $"{advice}.", inner)
        {
            Values = new Dictionary<string,
            object?>
            { ["file"] = file }
        };

    /// <summary>An error about a line of a file.</summary>
    public static KindredException BadLine(string code, string file, long line, string problem, string advice, Exception? inner = null) =>
        new(ErrorKind.BadInput, code, $"{file}, line {line}: {problem}.", $"{advice}.", inner)
        {
            Values = new Dictionary<string, object?> { ["file"] = file, ["line"] = line },
        };

    public static KindredException DuplicateColumn(string file, long line, string column) =>
        new(ErrorKind.BadInput, "duplicate_column",
            $"{file}: line {line}, column '{column}': the header has this name more than once.", "Rename or delete one of the columns.")
        {
            Values = new Dictionary<string, object?> { ["file"] = file, ["line"] = line, ["column"] = column },
        };

    public static KindredException MissingColumn(string file, long line, string column, IReadOnlyList<string> columns)
    {
        var piped = columns is [var only] && only.Contains('|');
        var (shown, likeData) = (AreShown(column, columns), LookLikeData(columns));
        var close = piped || !shown ? null : Close(column, columns);
        var header = Header(line);
        var advice = close is not null
            ? $"Did you mean '{close}'? Rename it in the header to '{column}'"
            : piped ? "Columns seem to be separated by '|', which is not understood: export with commas, semicolons or tabs"
            : likeData ? $"{header} must be the header, and it looks like data: write one above it"
            : !shown ? $"{header} must be the header: if it is an id, write one above it, and if it is a name, rename it to '{column}'"
            : $"Add it, or rename a column in the header; {char.ToLowerInvariant(header[0])}{header[1..]} must be the header";
        return new MissingColumnException(
            file, column, close, $"{file}: line {line}: there is no column '{column}'; the columns are {Named(column, columns)}.",
            advice + ".");
    }

    /// <summary>The same for a table without a header, whose rows name their values.</summary>
    public static KindredException MissingKey(string file, string column, IReadOnlyList<string> keys)
    {
        var close = AreShown(column, keys) ? Close(column, keys) : null;
        var known = keys.Count > 0 ? $"the keys are {Named(column, keys)}" : "there are no keys at all";
        return new MissingColumnException(file, column, close,
            $"{file}: line 1: neither it nor the lines after it have a key '{column}'; {known}.",
            close is not null ? $"Did you mean '{close}'? Rename it to '{column}'." : "Add it to the objects, or rename a key.");
    }

    private static string Header(long line) => line == 1 ? "The first line of the file"
        : "The line after the one that names the delimiter";

    // Names that look like values may be ids or secrets, and errors end up in logs.
    private static string Named(string column, IReadOnlyList<string> columns) => AreShown(column, columns)
        ? string.Join(", ", columns.Take(20).Select(ShortText.Of)) + (columns.Count > 20 ? ", …" : "")
        : FormattableString.Invariant($"not shown, {columns.Count:N0} that ")
            + (LookLikeData(columns) ? "look like values" : "may be an id");

    // A file of one column may be a list of ids without a header.
    private static bool AreShown(string column, IReadOnlyList<string> columns) => !LookLikeData(columns)
        && (columns is not [var only] || IsName(column, only));

    // Ids come first in a table. Columns of long embeddings have names like e1000, which look like data, but come later.
    private static bool LookLikeData(IReadOnlyList<string> columns) => columns.Take(3).Any(HeaderRule.LooksLikeData)
        || columns.Any(HeaderRule.IsAddress);

    // A word is a name, but short words are more often people's; so is what is close to the expected name.
    private static bool IsName(string column, string only)
    {
        if (only.Any(char.IsDigit)) return false;
        if (only.Contains('|')) return only.Split('|').Any(part => IsNear(column, part));
        return IsNear(column, only)
            || (only.Count(char.IsLetter) is >= 4 and <= 20 && only.All(letter => char.IsLetter(letter) || letter is '_' or '-' or ' '));
    }

    private static string? Close(string column, IReadOnlyList<string> columns) =>
        columns.Where(name => !IsUsual(name)).MinBy(name => Distance(name, column)) is { } close && IsNear(column, close) ? close : null;

    private static bool IsNear(string column, string name) => Distance(name, column) <= column.Length / 2;

    // A column with a usual name is not a misspelt other one.
    private static bool IsUsual(string name) =>
        name is UsualColumns.User or UsualColumns.Item or UsualColumns.SeedList or UsualColumns.Weight
        or UsualColumns.Timestamp or UsualColumns.Country or UsualColumns.Active;

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
