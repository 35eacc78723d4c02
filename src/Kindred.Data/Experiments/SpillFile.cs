using System.Runtime.InteropServices;
using Kindred.Data.Folders;
using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Experiments;

/// <summary>A temporary file in a separate folder. Both exist from the first write until disposal.</summary>
internal sealed class SpillFile(string? parent) : IDisposable
{
    private PendingFolder? _folder;
    private SafeFileHandle? _file;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Appends words.</summary>
    /// <returns>Their position.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public long Write(ReadOnlySpan<ulong> words)
    {
        var offset = Length;
        try
        {
            RandomAccess.Write(_file ??= Open(), MemoryMarshal.AsBytes(words), offset);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }

        Length += words.Length * sizeof(ulong);
        return offset;
    }

    /// <summary>Reads words back.</summary>
    /// <exception cref="KindredException">The disk fails.</exception>
    public void Read(long offset, Span<ulong> words)
    {
        var bytes = MemoryMarshal.AsBytes(words);
        try
        {
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(_file!, bytes, offset);
                if (read == 0) throw new IOException("The file ends too early.");
                bytes = bytes[read..];
                offset += read;
            }
        }
        catch (IOException error)
        {
            throw OutputErrors.CannotWrite(_folder!.Path, error);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _folder?.Dispose();
    }

    // Other users cannot read it: only the owner has access to such a folder.
    private SafeFileHandle Open()
    {
        var target = Path.Combine(Path.GetFullPath(parent ?? Path.GetTempPath()), "kindred-experiment");
        PendingFolder.DeleteAbandoned(Path.GetDirectoryName(target)!);
        _folder = PendingFolder.Beside(target);
        return File.OpenHandle(Path.Combine(_folder.Path, "records"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            FileOptions.DeleteOnClose);
    }

    private KindredException CannotWrite(Exception error) => new(ErrorKind.Output, "spill_file_unwritable",
        $"The log's rows do not fit in the allowed memory, and the temporary file for them cannot be written in {parent ?? Path.GetTempPath()}: " +
        $"{error.Message.TrimEnd('.')} (after {Length:N0} bytes).",
        "Free disk space there, choose another folder for temporary files, or allow more memory.", error);
}
