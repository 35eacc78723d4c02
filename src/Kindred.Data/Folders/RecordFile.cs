namespace Kindred.Data.Folders;

/// <summary>A record: a file of lines that is only added to.</summary>
internal static class RecordFile
{
    /// <summary>Adds lines, and waits until they are on the disk.</summary>
    /// <param name="path">The file, which is created if it is missing, private to its owner.</param>
    /// <param name="lines">The lines, without line ends.</param>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public static void Append(string path, IEnumerable<byte[]> lines) => OutputErrors.Guard(path, () =>
    {
        var isNew = !File.Exists(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);

        // A line that a crash cut off stays a line of its own.
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }

        foreach (var line in lines)
        {
            stream.Write(line);
            stream.WriteByte((byte)'\n');
        }

        stream.Flush();
        Durable.Sync(stream.SafeFileHandle, path);
        if (isNew) Durable.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    });
}
