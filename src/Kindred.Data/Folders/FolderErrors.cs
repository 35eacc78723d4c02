namespace Kindred.Data.Folders;

/// <summary>The errors about folders that Kindred wrote. They name the format, by which a caller can say how such a folder is made
/// again.</summary>
internal static class FolderErrors
{
    /// <summary>A file of a folder is damaged, missing or does not fit the others.</summary>
    /// <param name="format">The format of the folder.</param>
    /// <param name="path">The damaged file.</param>
    /// <param name="problem">What is wrong, as a sentence that names the file, without a full stop.</param>
    /// <param name="remedy">How the folder is made again, as a sentence without a full stop.</param>
    /// <param name="inner">The underlying error.</param>
    public static KindredException Damaged(string format, string path, string problem, string remedy, Exception? inner = null) =>
        new(ErrorKind.Corrupt, "damaged_folder", $"{problem}.", $"{remedy}.", inner)
        {
            Values = new Dictionary<string, object?> { ["format"] = format, ["path"] = path },
        };

    /// <summary>A manifest lacks a value, or has one of another type.</summary>
    public static KindredException DamagedManifest(string format, string folder, string remedy, Exception inner)
    {
        var path = Path.Combine(folder, FolderManifest.FileName);
        return Damaged(format, path, $"{path} is damaged: a value is missing or of another type", remedy, inner);
    }

    /// <summary>There is no folder at a path.</summary>
    public static KindredException NotFound(string folder)
    {
        var values = new Dictionary<string, object?> { ["folder"] = folder };
        return File.Exists(folder)
            ? new KindredException(ErrorKind.BadInput, "not_a_folder", $"{folder} is a file, not a folder.",
                "Give the folder that it is in.")
            { Values = values }
            : new KindredException(ErrorKind.BadInput, "folder_not_found",
                $"{folder}: there is no such folder.", "Check the path; a relative one starts at the current folder.")
            { Values = values };
    }

    /// <summary>A file is there and cannot be read.</summary>
    public static KindredException Unreadable(string path, Exception error) =>
        new(ErrorKind.BadInput, "file_not_readable", $"{path} cannot be read ({error.Message.TrimEnd('.')}).",
            "Check its permissions and the disk.", error)
        {
            Values = new Dictionary<string, object?> { ["file"] = path },
        };

    /// <summary>A file or folder has a version of its format that this program does not know.</summary>
    public static KindredException NewerVersion(string path, int version, string readable) =>
        new(ErrorKind.Corrupt, "newer_format",
            $"{path}: format version {version} is not known; this program reads {readable}.", $"{FolderManifest.NewerRemedy}.")
        {
            Values = new Dictionary<string, object?> { ["path"] = path, ["format_version"] = version },
        };
}
