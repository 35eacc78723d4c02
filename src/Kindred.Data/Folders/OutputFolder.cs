namespace Kindred.Data.Folders;

/// <summary>An output folder that gets its name only when it is whole.</summary>
/// <remarks>It is written under a temporary name beside its own. <see cref="Commit"/> switches in one atomic step;
/// disposing without it leaves no trace, and an old folder stays as it was.</remarks>
public sealed class OutputFolder : IDisposable
{
    private readonly string _target;
    private readonly string _shown;
    private readonly bool _replace;
    private readonly string? _format;
    private readonly string? _madeParent;
    private bool _committed;

    private OutputFolder(string target, string shown, bool replace, string? format)
    {
        _target = target;
        _shown = shown;
        _replace = replace;
        _format = format;
        Path = TemporaryName.OfFolder(target);
        _madeParent = HighestMissing(System.IO.Path.GetDirectoryName(target)!);
    }

    /// <summary>The folder to write to until <see cref="Commit"/>.</summary>
    public string Path { get; }

    /// <summary>Starts a folder.</summary>
    /// <param name="path">Its final name.</param>
    /// <param name="replace">True if a folder of that name that Kindred wrote may be replaced.</param>
    /// <param name="format">The format that a replaced folder must have, so that no other folder is replaced by mistake; null for
    /// any.</param>
    /// <exception cref="KindredException">The name is taken and may not be replaced, or nothing can be written there.</exception>
    public static OutputFolder Create(string path, bool replace = false, string? format = null)
    {
        var target = TemporaryName.Normalise(path);
        CheckTarget(target, path, replace, format);
        var folder = new OutputFolder(target, path, replace, format);
        OutputErrors.Guard(path, () => Directory.CreateDirectory(folder.Path));
        return folder;
    }

    /// <summary>Gives the folder its final name. Can be called once.</summary>
    /// <exception cref="KindredException">The name was taken meanwhile, or the file system refuses.</exception>
    public void Commit()
    {
        if (_committed) throw new InvalidOperationException("The folder was committed before.");
        // Checked again: another process may have put something there since the work began.
        CheckTarget(_target, _shown, _replace, _format);
        OutputErrors.Guard(_shown, () =>
        {
            if (AtomicRename.TryMove(Path, _target)) return;
            if (!_replace) throw Taken(_shown);
            AtomicRename.Exchange(Path, _target);
            Delete(Path);
        });
        _committed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_committed) return;
        Delete(Path);
        if (_madeParent is not null) DeleteEmpty(System.IO.Path.GetDirectoryName(_target)!, _madeParent);
    }

    private static void CheckTarget(string target, string shown, bool replace, string? format)
    {
        if (File.Exists(target))
        {
            throw Refused("output_is_a_file", shown, $"{shown} is a file; a folder is written.", "Choose another path.");
        }

        if (!Directory.Exists(target)) return;
        if (!replace) throw Taken(shown);
        if (!FolderManifest.IsWrittenByKindred(target))
        {
            throw Refused("output_not_ours", shown,
                $"{shown} exists and was not written by Kindred (its manifest.json names no format 'kindred-…'), so it is not replaced.",
                "Choose another path, or remove it yourself.");
        }

        if (format is not null && FolderManifest.FormatOf(target) is var found && found != format)
        {
            throw Refused("output_of_other_format", shown,
                $"{shown} is of format '{found}', and what is written is '{format}': it is not replaced by something of another kind.",
                "Choose another path.");
        }

        if (FolderManifest.FirstForeignFile(target) is { } foreign)
        {
            throw Refused("output_holds_foreign_file", shown,
                $"{shown} holds '{foreign}', which Kindred did not write, so it is not replaced.",
                "Move that file away, or choose another path.");
        }
    }

    private static KindredException Taken(string shown) =>
        Refused("output_exists", shown, $"{shown} exists already and is left as it is.",
            "Choose another path, or allow it to be replaced.");

    private static KindredException Refused(string code, string shown, string problem, string remedy) =>
        new(ErrorKind.Output, code, problem, remedy) { Values = new Dictionary<string, object?> { ["path"] = shown } };

    // Parents that were created for the folder must go too if it is not committed.
    private static string? HighestMissing(string? folder)
    {
        string? missing = null;
        for (; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder)) missing = folder;
        return missing;
    }

    // Stops at the first folder that another process uses.
    private static void DeleteEmpty(string folder, string highest)
    {
        try
        {
            for (; folder.Length >= highest.Length; folder = System.IO.Path.GetDirectoryName(folder)!) Directory.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Cleaning up must not hide the error that made it necessary.
    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
