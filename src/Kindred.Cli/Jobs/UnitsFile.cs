namespace Kindred.Cli.Jobs;

/// <summary>A file of units, or what comes on standard input, kept in a temporary file: tables are opened more than once.</summary>
internal sealed class UnitsFile : IDisposable
{
    private readonly bool _isTemporary;

    private UnitsFile(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    public string Path { get; }

    public static UnitsFile Open(string name, Func<Stream> input)
    {
        if (name != "-") return new UnitsFile(name, isTemporary: false);
        var file = new UnitsFile(System.IO.Path.GetTempFileName(), isTemporary: true);
        try
        {
            using var from = input();
            using var to = File.Create(file.Path);
            from.CopyTo(to);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isTemporary) File.Delete(Path);
    }
}
