using System.Text;
using Kindred.Data.Audiences;

namespace Kindred.App.Audiences;

/// <summary>CSV (RFC 4180, line feeds), written in large chunks.</summary>
internal sealed class CsvText(TextWriter output, bool spreadsheetSafe = false)
{
    private const int PieceLength = 1 << 16;
    private readonly StringBuilder _piece = new();

    /// <summary>Writes a row.</summary>
    public void Write(params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) _piece.Append(',');
            if (values[i].AsSpan().ContainsAny(",\"\r\n"))
            {
                _piece.Append('"').Append(values[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else _piece.Append(values[i]);
        }

        _piece.Append('\n');
        if (_piece.Length >= PieceLength) Complete();
    }

    /// <summary>The form in which an id is written.</summary>
    public string Id(string id) => spreadsheetSafe ? SpreadsheetText.Of(id) : id;

    /// <summary>Writes the remaining text.</summary>
    public void Complete()
    {
        output.Write(_piece.ToString());
        _piece.Clear();
    }
}
