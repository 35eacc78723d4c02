using System.Text;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Audiences;

/// <summary>Text in CSV that no spreadsheet takes for a formula: an apostrophe before it makes it plain text there.</summary>
/// <remarks>
/// A spreadsheet runs a cell that begins with = + - @, a tab or a line break, or with a full-width form of these signs. Text that begins
/// with apostrophes and then such a character also gets one more, so that removing one always gives the text back.
/// </remarks>
public static class SpreadsheetText
{
    private const byte Apostrophe = (byte)'\'';

    /// <summary>Makes text safe for a spreadsheet; most text stays as it is.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsFormula(Encoding.UTF8.GetBytes(text)) ? "'" + text : text;
    }

    /// <summary>The text as it was before it was made safe.</summary>
    /// <param name="utf8">Safe text in UTF-8.</param>
    public static ReadOnlySpan<byte> Original(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 0 && utf8[0] == Apostrophe && IsFormula(utf8) ? utf8[1..] : utf8;

    /// <summary>Reads an id as it is written in an audience: with its apostrophe it may have one byte more than an id.</summary>
    internal static ReadOnlySpan<byte> Id(TableReader table, int column)
    {
        var written = table.Utf8(column);
        return written.Length == IdList.MaxBytes + 1 && Original(written).Length == IdList.MaxBytes ? written : table.Id(column);
    }

    /// <summary>True for text that needs an apostrophe.</summary>
    internal static bool IsFormula(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.TrimStart(Apostrophe);
        return text is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..]
            || text.StartsWith("\uFF1D"u8) || text.StartsWith("\uFF0B"u8) || text.StartsWith("\uFF0D"u8) || text.StartsWith("\uFF20"u8);
    }
}
