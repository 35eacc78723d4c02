using System.Text;

namespace Kindred.Reports;

/// <summary>A writer that passes text on as <see cref="VisibleText"/>.</summary>
/// <remarks>A line feed is layout if it is written by <c>Write</c>, and belongs to the text, often to an id, if it is inside a line of
/// <c>WriteLine</c>. JSON stays valid: its own escapes leave only characters for which \uHHHH is an escape too.</remarks>
/// <param name="inner">Receives the text.</param>
/// <param name="quoted">True for CSV, where a line feed between quotation marks belongs to a field.</param>
public sealed class VisibleTextWriter(TextWriter inner, bool quoted = false) : TextWriter
{
    private bool _inQuotes;

    /// <summary>The writer that receives the text; for what must reach it unchanged.</summary>
    public TextWriter Inner { get; } = inner;

    /// <inheritdoc/>
    public override Encoding Encoding => Inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        var (text, shown, start) = (value ?? "", new StringBuilder(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"') _inQuotes = !_inQuotes;
            if (text[i] != '\n' || _inQuotes) continue;
            shown.Append(VisibleText.Of(text[start..i])).Append('\n');
            start = i + 1;
        }

        Inner.Write(shown.Append(VisibleText.Of(text[start..])).ToString());
    }

    /// <inheritdoc/>
    public override void WriteLine() => Inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Inner.WriteLine(VisibleText.Of(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => Inner.Flush();
}
