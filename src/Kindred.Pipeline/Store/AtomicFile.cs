namespace Kindred.Pipeline.Store;

/// <summary>Small files that are replaced atomically.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file, flushes it to the disk, and renames it.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.Output, "output_not_writable", $"{path} cannot be written: {error.Message.TrimEnd('.')}.",
                "Check that its folder exists, that you may write there, and that the disk has room.", error);
        }
    }
}
