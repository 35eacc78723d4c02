namespace Kindred.Data.Tables;

/// <summary>Whether the first line of a CSV file with one column may be an id instead of a header.</summary>
internal sealed class HeaderRule
{
    private readonly bool _onlyData;

    private HeaderRule(string? ids, bool onlyData) => (Ids, _onlyData) = (ids, onlyData);

    /// <summary>Every file has a header.</summary>
    public static HeaderRule Always { get; } = new(null, onlyData: false);

    /// <summary>What the only column of a file without a header is called.</summary>
    public string? Ids { get; }

    /// <summary>The first line is an id unless it is the column's name.</summary>
    public static HeaderRule UnlessNamed(string ids) => new(ids, onlyData: false);

    /// <summary>The first line is an id where it looks like one: a name that nobody expects is better told than read as an id.</summary>
    public static HeaderRule UnlessLikeData(string ids) => new(ids, onlyData: true);

    /// <summary>Whether a file with these columns has no header.</summary>
    public bool IsMissing(IReadOnlyList<string> columns) => Ids is not null && columns is [var only] && only != Ids && (!_onlyData || LooksLikeData(only));

    /// <summary>Whether a name in a header is most likely a value: an address, or something with a number in it that no column's name would have.</summary>
    public static bool LooksLikeData(string name)
    {
        var digits = 0;
        foreach (var letter in name)
        {
            if (letter == '@') return true;
            digits = char.IsAsciiDigit(letter) ? digits + 1 : 0;
            if (digits >= 4) return true;
        }

        return digits > 0 && digits == name.Length;
    }
}
