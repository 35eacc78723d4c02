using System.Text;
using Kindred.Data.Inputs;
using Kindred.SeedLists;

namespace Kindred.Data.Tables;

/// <summary>Whether the first line of a CSV file with one column may be an id instead of a header.</summary>
internal sealed class HeaderRule
{
    private readonly bool _onlyData;
    private readonly IdHashFunction? _hash;

    private HeaderRule(string? ids, bool onlyData, IdHashFunction? hash = null) => (Ids, _onlyData, _hash) = (ids, onlyData, hash);

    /// <summary>Every file has a header.</summary>
    public static HeaderRule Always { get; } = new(null, onlyData: false);

    /// <summary>What the only column of a file without a header is called.</summary>
    public string? Ids { get; }

    /// <summary>The first line is an id unless it is the column's name.</summary>
    public static HeaderRule UnlessNamed(string ids) => new(ids, onlyData: false);

    /// <summary>The first line is an id where it looks like one: a name that nobody expects is better told than read as an id.</summary>
    /// <param name="ids">What the column is called.</param>
    /// <param name="hash">The function that ids are hashes of, which nobody has to guess: a line is one or is none.</param>
    public static HeaderRule UnlessLikeData(string ids, IdHashFunction? hash = null) => new(ids, onlyData: true, hash);

    /// <summary>Whether a file with these columns has no header.</summary>
    public bool IsMissing(IReadOnlyList<string> columns) => Ids is not null && columns is [var only] && only != Ids && (!_onlyData || IsData(only));

    // A hash of another function is no name either: that it is one is the better error.
    private bool IsData(string first)
    {
        if (_hash is not { } function) return LooksLikeData(first);
        var text = Encoding.UTF8.GetBytes(first);
        return IdHash.TryRead(function, text, stackalloc byte[IdHash.MaxBytes]) || UserCell.OtherFunction(function, text) is not null;
    }

    /// <summary>Whether a name in a header is most likely a value: an address, or something with a number in it that no column's name would have.</summary>
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

    /// <summary>Whether a name has an @ within, as an address has; @timestamp is a name.</summary>
    public static bool IsAddress(string name) => name.AsSpan().Trim().IndexOf('@') is > 0 and var at && at < name.AsSpan().Trim().Length - 1;
}
