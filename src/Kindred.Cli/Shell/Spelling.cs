namespace Kindred.Cli.Shell;

/// <summary>Finds the known word that a mistyped word most likely meant.</summary>
internal static class Spelling
{
    /// <summary>The known word nearest to the typed one, or null if none is near.</summary>
    /// <remarks>The only word with this prefix wins; otherwise the word with the fewest letters changed, missing, added or
    /// swapped with their neighbour, up to one letter in three. Ties go to the first word.</remarks>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        var word = Plain(typed);
        var words = known.ToArray();
        string[] begun = word.Length < 2 ? [] : [.. words.Where(other => Plain(other).StartsWith(word, StringComparison.Ordinal))];
        if (begun.Length == 1) return begun[0];
        var near = words.Select(other => (Word: other, Distance: Distance(word, Plain(other)))).OrderBy(other => other.Distance)
            .FirstOrDefault();
        return near.Word is not null && near.Distance <= Math.Max(1, word.Length / 3) ? near.Word : null;
    }

    // What other programs call the same.
    private static readonly Dictionary<string, string> _synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--plan"] = "--plan-only",
        ["--force"] = "--replace",
        ["--overwrite"] = "--replace",
        ["--jobs"] = "--threads",
        ["--workers"] = "--threads",
        ["--n-jobs"] = "--threads",
        ["--cores"] = "--threads",
        ["--json"] = "--output",
        ["--silent"] = "--quiet",
        ["--k"] = "--size",
        ["--top"] = "--size",
        ["--top-k"] = "--size",
        ["--audience-size"] = "--size",
        ["--input"] = "--seeds",
        ["--seed-file"] = "--seeds",
        ["--lists"] = "--seed-list",
        ["--list"] = "--seed-list",
        ["--model"] = "--models",
        ["--methods"] = "--method",
        ["--dim"] = "--dimension",
        ["--embedding-dim"] = "--dimension",
        ["--random-seed"] = "--seed",
        ["--random-state"] = "--seed",
        ["--config"] = "--settings",
        ["--geo"] = "--country",
        ["--output-dir"] = "--out",
        ["--blacklist"] = "--exclude",
    };

    /// <summary>The known option that another program calls by the typed name; null if there is none.</summary>
    public static string? Synonym(string typed, IEnumerable<string> known) =>
        _synonyms.TryGetValue(typed, out var meant) && known.Contains(meant) ? meant : null;

    /// <summary>The question that follows an error, with a leading space; empty if no word is near.</summary>
    public static string DidYouMean(string typed, IEnumerable<string> known) =>
        (Synonym(typed, known) ?? Nearest(typed, known)) is { } word ? $" Did you mean '{word}'?" : "";

    private static string Plain(string word) => word.TrimStart('-').ToUpperInvariant();

    // Letters changed, missing, added, or swapped with their neighbour (optimal string alignment).
    private static int Distance(string one, string other)
    {
        // Arguments can be arbitrarily long; one far longer than every known word is none of them.
        const int Longest = 64;
        if (one.Length > Longest) return int.MaxValue;
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var changed = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
