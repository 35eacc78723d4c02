using System.Text;
using Kindred.SeedLists;

namespace Kindred.Data.Tables;

/// <summary>The rule that decides whether the first line of a CSV file with one column is an id or a header.</summary>
internal sealed class HeaderRule
{
    private readonly bool _onlyData;
    private readonly IdHashFunction? _hash;

    private HeaderRule(string? ids, bool onlyData, IdHashFunction? hash = null) => (Ids, _onlyData, _hash) = (ids, onlyData, hash);

    /// <summary>Expects a header in every file.</summary>
    public static HeaderRule Always { get; } = new(null, onlyData: false);

    /// <summary>The name of the only column of a file without a header.</summary>
    public string? Ids { get; }

    /// <summary>Treats the first line as an id unless it is the column's name.</summary>
    public static HeaderRule UnlessNamed(string ids) => new(ids, onlyData: false);

    /// <summary>Treats the first line as an id if it looks like one; another name is an error, not an id.</summary>
    /// <param name="ids">The name of the column.</param>
    /// <param name="hash">The hash function of the ids, with which a line certainly is an id or not; null for no hashes.</param>
    public static HeaderRule UnlessLikeData(string ids, IdHashFunction? hash = null) => new(ids, onlyData: true, hash);

    /// <summary>Tells whether a file with these columns has no header.</summary>
    public bool IsMissing(IReadOnlyList<string> columns) => Ids is not null && columns is [var only] && only != Ids
        && (!_onlyData || IsData(only));

    // A hash of another function is not a name either, and leads to a better error.
    private bool IsData(string first)
    {
        if (_hash is not { } function) return LooksLikeData(first);
        var text = Encoding.UTF8.GetBytes(first);
        return IdHash.TryRead(function, text, stackalloc byte[IdHash.MaxBytes]) || UserCell.OtherFunction(function, text) is not null;
    }

    /// <summary>Tells whether a name in a header is probably a value: an address, or a text with digits that no column's name would
    /// have.</summary>
    public static bool LooksLikeData(string name)
    {
        if (IsAddress(name)) return true;
        var digits = 0;
        foreach (var letter in name)
        {
            digits = char.IsAsciiDigit(letter) ? digits + 1 : 0;
            if (digits >= 4) return true;
        }

        return digits > 0 && digits == name.Length;
    }

    /// <summary>Tells whether a name has an @ inside, like an address; @timestamp is a name.</summary>
    public static bool IsAddress(string name) => name.AsSpan().Trim().IndexOf('@') is > 0 and var at
        && at < name.AsSpan().Trim().Length - 1;
}
