using System.Text;
using Kindred.Data.Folders;
using Kindred.Data.Tables;

namespace Kindred.App.Experiments;

/// <summary>Writes rows of user_id and arm: as CSV to a writer, or to a table that gets its final name when it is complete.</summary>
internal sealed class AssignmentRows : IDisposable
{
    private readonly TextWriter? _output;
    private readonly TableWriter? _table;
    private readonly PendingFile? _file;

    private bool _begun;

    private AssignmentRows(TextWriter output) => _output = output;

    private AssignmentRows(string file, bool replace)
    {
        _file = PendingFile.Create(file, replace);
        try
        {
            _table = TableWriter.Create(_file.Path, [new TableColumn("user_id", ColumnType.Text), new TableColumn("arm", ColumnType.Text)]);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
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
        _table.Dispose();
        _file!.Commit();
    }

    // The header is written with the first row or at the end, so that unreadable input leaves no header behind.
    private void Begin()
    {
        if (!_begun) _output!.Write("user_id,arm\n");
        _begun = true;
    }

    public void Dispose()
    {
        _table?.Dispose();
        _file?.Dispose();
    }

    private static string Quoted(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
