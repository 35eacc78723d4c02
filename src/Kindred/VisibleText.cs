using System.Globalization;
using System.Text;

namespace Kindred;

/// <summary>Text for terminals: ids may hold anything, and a control character in one must not command a terminal or hide text.</summary>
public static class VisibleText
{
    /// <summary>The text with control characters, line separators and marks that change the direction of text as \xHH or \uHHHH.</summary>
    /// <remarks>A backslash stays as it is: file names keep their form, and the text is for people, not for reading back.</remarks>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        while (first >= 0 && first < text.Length && !IsHidden(text[first])) first++;
        if (first < 0 || first == text.Length) return text;
        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var character in text.AsSpan(first)) Append(shown, character);
        return shown.ToString();
    }

    /// <summary>True for characters that a terminal obeys or does not show as they are.</summary>
    private static bool IsHidden(char character) => char.IsControl(character)
        // Line and paragraph separators, marks and overrides of direction, isolates, a byte order mark, annotations.
        || character is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E')
            or (>= '\u2066' and <= '\u2069') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFB');

    private static void Append(StringBuilder shown, char character)
    {
        if (!IsHidden(character))
        {
            shown.Append(character);
            return;
        }

        var (mark, digits) = character < 256 ? ("\\x", "X2") : ("\\u", "X4");
        shown.Append(mark).Append(((int)character).ToString(digits, CultureInfo.InvariantCulture));
    }
}
