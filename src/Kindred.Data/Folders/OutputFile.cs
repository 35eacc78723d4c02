namespace Kindred.Data.Folders;

/// <summary>A file that appears under its name only when it is whole.</summary>
/// <remarks>As <see cref="OutputFolder"/>: written beside its name, switched by one atomic step, gone without <see cref="Commit"/>.</remarks>
public sealed class OutputFile : IDisposable
{
    private readonly string _target;
    private readonly string _shown;
    private readonly bool _replace;
    private bool _committed;

    private OutputFile(string target, string shown, bool replace)
    {
        _target = target;
        _shown = shown;
        _replace = replace;
        Path = TemporaryName.OfFile(target);
    }

    /// <summary>Where to write until <see cref="Commit"/>; ends like the final name.</summary>
    public string Path { get; }

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its final name.</param>
    /// <param name="replace">Whether a file of that name may be replaced.</param>
    /// <exception cref="KindredException">The name is taken and may not be replaced, or nothing can be written there.</exception>
    public static OutputFile Create(string path, bool replace = false)
    {
        var target = TemporaryName.Normalise(path);
        CheckTarget(target, path, replace);
        var file = new OutputFile(target, path, replace);
        OutputErrors.Guard(path, () => File.Create(file.Path).Dispose());
        return file;
    }

    /// <summary>Gives the file its final name. Can be called once.</summary>
    /// <exception cref="KindredException">Somebody else has taken the name meanwhile, or the file system refuses.</exception>
    public void Commit()
    {
        if (_committed) throw new InvalidOperationException("The file was committed before.");
        CheckTarget(_target, _shown, _replace);
        OutputErrors.Guard(_shown, () =>
        {
            if (_replace) File.Move(Path, _target, overwrite: true);
            else if (!AtomicRename.TryMove(Path, _target)) throw Taken(_shown);
        });
        _committed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_committed) return;
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Cleaning up must not hide the error that made it necessary.
        }
    }

    private static void CheckTarget(string target, string shown, bool replace)
    {
        if (Directory.Exists(target)) throw new KindredException(ErrorKind.Output, $"{shown} is a folder; a file is written. Choose another --out.");
        if (File.Exists(target) && !replace) throw Taken(shown);
    }

    private static KindredException Taken(string shown) => new(ErrorKind.Output,
        $"{shown} exists already and is left as it is. Choose another --out, or replace it with --replace.");
}
