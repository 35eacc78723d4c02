using System.Text;
using Kindred.Data.Tables;

namespace Kindred.App.Experiments;

/// <summary>Writes rows of user_id and arm: as CSV to a writer, or to a table that gets its final name when it is complete.</summary>
internal sealed class AssignmentRows : IDisposable
{
    private readonly TextWriter? _output;
    private readonly TableWriter? _table;
    private readonly string _file = "";
    private readonly string _temporary = "";
    private readonly bool _replace;

    private bool _begun;

    private AssignmentRows(TextWriter output) => _output = output;

    private AssignmentRows(string file, bool replace)
    {
        (_file, _replace) = (file, replace);
        // The extension determines the format.
        _temporary = Path.Combine(Path.GetDirectoryName(file) ?? "", $".kindred-{Path.GetRandomFileName()}-{Path.GetFileName(file)}");
        _table = TableWriter.Create(_temporary, [new TableColumn("user_id", ColumnType.Text), new TableColumn("arm", ColumnType.Text)]);
    }

    /// <summary>Opens the output of a request; returns null if rows are only counted.</summary>
    public static AssignmentRows? Open(AssignUnitsRequest request) => request.Out is { } file ? new AssignmentRows(file, request.Replace)
        : request.Rows is { } output ? new AssignmentRows(output) : null;

    public void Write(ReadOnlySpan<byte> unit, ReadOnlySpan<byte> arm)
    {
        if (_table is null)
        {
            Begin();
            _output!.Write($"{Quoted(unit)},{Quoted(arm)}\n");
            return;
        }

        _table.Write(unit);
        _table.Write(arm);
        _table.EndRow();
    }

    public void Complete()
    {
        if (_table is null)
        {
            Begin();
            return;
        }

        _table.Complete();
        try
        {
            File.Move(_temporary, _file, _replace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, "output_not_writable",
                $"{_file} cannot be written: {error.Message.TrimEnd('.')}.",
                "Check that it is not a folder, and that you may write there.", error);
        }
    }

    // The header is written with the first row or at the end, so that unreadable input leaves no header behind.
    private void Begin()
    {
        if (!_begun) _output!.Write("user_id,arm\n");
        _begun = true;
    }

    public void Dispose()
    {
        if (_table is null) return;
        _table.Dispose();
        File.Delete(_temporary);
    }

    private static string Quoted(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
