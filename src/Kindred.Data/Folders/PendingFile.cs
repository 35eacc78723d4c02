namespace Kindred.Data.Folders;

/// <summary>An output file that gets its name only when it is whole and on the disk.</summary>
/// <remarks>It is written in a temporary folder beside its own name. Disposing without <see cref="Commit"/> leaves no trace, and an old file
/// stays as it was. Only its owner has access to a new file; a replaced one keeps its permissions.</remarks>
public sealed class PendingFile : IDisposable
{
    private readonly string _target;
    private readonly string _shown;
    private readonly bool _replace;
    private readonly PendingFolder _temporary;

    private PendingFile(string target, string shown, bool replace)
    {
        (_target, _shown, _replace) = (target, shown, replace);
        _temporary = OutputErrors.Guard(shown, () => PendingFolder.Beside(target));
        Path = System.IO.Path.Combine(_temporary.Path, System.IO.Path.GetFileName(target));
    }

    /// <summary>Where to write until <see cref="Commit"/>: a file of the same name in another folder.</summary>
    public string Path { get; }

    /// <summary>Starts a file, and deletes what killed commands left beside it.</summary>
    /// <param name="path">Its final name.</param>
    /// <param name="replace">True to replace a file of that name.</param>
    /// <exception cref="KindredException">Nothing can be written there.</exception>
    public static PendingFile Create(string path, bool replace)
    {
        var target = TemporaryName.Normalise(path);
        PendingFolder.DeleteAbandoned(System.IO.Path.GetDirectoryName(target)!);
        return new PendingFile(target, path, replace);
    }

    /// <summary>Gives the file its final name, when it is on the disk. The file must be closed.</summary>
    /// <exception cref="KindredException">The name is taken and may not be replaced, or the disk fails.</exception>
    public void Commit() => OutputErrors.Guard(_shown, () =>
    {
        var replaces = _replace && File.Exists(_target);
        if (replaces && !OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, File.GetUnixFileMode(_target));
        Durable.SyncFile(Path, keepMode: replaces);
        if (_replace) File.Move(Path, _target, overwrite: true);
        else if (!AtomicRename.TryMove(Path, _target)) throw OutputFolder.Taken(_shown);

        // Deleted before the sync: otherwise a power cut brings the empty folder back.
        _temporary.Dispose();
        Durable.SyncFolder(System.IO.Path.GetDirectoryName(_target)!);
    });

    /// <inheritdoc/>
    public void Dispose() => _temporary.Dispose();
}
