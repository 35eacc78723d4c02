namespace Kindred.Data.Folders;

/// <summary>An output folder that gets its name only when it is whole.</summary>
/// <remarks>It is written under a temporary name beside its own. <see cref="Commit"/> switches in one atomic step;
/// disposing without it leaves no trace, and an old folder stays as it was. A committed folder is on the disk before an old one is
/// deleted, and only its owner has access to it: it may hold ids.</remarks>
public sealed class OutputFolder : IDisposable
{
    private readonly string _target;
    private readonly string _shown;
    private readonly bool _replace;
    private readonly string? _format;
    private readonly string? _madeParent;
    private readonly PendingFolder _temporary;
    private bool _committed;

    private OutputFolder(string target, string shown, bool replace, string? format)
    {
        _target = target;
        _shown = shown;
        _replace = replace;
        _format = format;
        _madeParent = HighestMissing(Parent);
        _temporary = OutputErrors.Guard(shown, () =>
        {
            Durable.CreateFolder(Parent);
            return PendingFolder.Beside(target);
        });
    }

    /// <summary>The folder to write to until <see cref="Commit"/>.</summary>
    public string Path => _temporary.Path;

    /// <summary>Starts a folder, and deletes what killed commands left beside it.</summary>
    /// <param name="path">Its final name.</param>
    /// <param name="replace">True if a folder of that name that Kindred wrote may be replaced.</param>
    /// <param name="format">The format that a replaced folder must have, so that no other folder is replaced by mistake; null for
    /// any.</param>
    /// <exception cref="KindredException">The name is taken and may not be replaced, or nothing can be written there.</exception>
    public static OutputFolder Create(string path, bool replace = false, string? format = null)
    {
        PendingFolder.DeleteAbandoned(System.IO.Path.GetDirectoryName(TemporaryName.Normalise(path))!);
        return In(path, replace, format);
    }

    /// <summary>Starts one of many folders in the same place, which the caller cleans once for all of them.</summary>
    /// <inheritdoc cref="Create"/>
    internal static OutputFolder In(string path, bool replace = false, string? format = null)
    {
        var target = TemporaryName.Normalise(path);
        CheckTarget(target, path, replace, format);
        return new OutputFolder(target, path, replace, format);
    }

    /// <summary>Gives the folder its final name, when all of it is on the disk. Can be called once.</summary>
    /// <exception cref="KindredException">The name was taken meanwhile, the file system refuses, or the disk fails; or the folder is
    /// committed and the old files could not be deleted.</exception>
    public void Commit() => CommitWith(folder => Durable.SyncTree(folder));

    /// <param name="sync">Makes the folder durable.</param>
    /// <inheritdoc cref="Commit"/>
    internal void CommitWith(Action<string> sync)
    {
        if (_committed) throw new InvalidOperationException("The folder was committed before.");
        // Checked again: another process may have put something there since the work began.
        CheckTarget(_target, _shown, _replace, _format);
        var replaced = OutputErrors.Guard(_shown, () => Switch(sync));
        _committed = true;
        try
        {
            if (replaced) DeleteOld();
        }
        finally
        {
            _temporary.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_committed) return;
        _temporary.Dispose();
        if (_madeParent is not null) DeleteEmpty(System.IO.Path.GetDirectoryName(_target)!, _madeParent);
    }

    /// <returns>True if an old folder now has the temporary name.</returns>
    private bool Switch(Action<string> sync)
    {
        sync(Path);
        var replaces = !AtomicRename.TryMove(Path, _target);
        if (replaces && !_replace) throw Taken(_shown);
        if (replaces) AtomicRename.Exchange(Path, _target);
        try
        {
            Durable.SyncFolder(Parent);
            return replaces;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing was promised yet: what was there stays.
            if (replaces) AtomicRename.Exchange(Path, _target);
            else AtomicRename.TryMove(_target, Path);
            throw;
        }
    }

    private string Parent => System.IO.Path.GetDirectoryName(_target)!;

    // The old files may hold users who are to be deleted, so a failure is never passed over.
    private void DeleteOld()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            Durable.SyncFolder(Parent);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, "old_files_left",
                $"{_shown} is written, but the files that it replaces could not be deleted and are left in {Path}: " +
                $"{error.Message.TrimEnd('.')}.",
                "Remove that folder.", error)
            {
                Values = new Dictionary<string, object?> { ["path"] = _shown, ["left"] = Path },
            };
        }
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

    /// <summary>The error of an output whose name is taken.</summary>
    internal static KindredException Taken(string shown) =>
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
}
