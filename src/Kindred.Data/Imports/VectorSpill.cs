using Kindred.Data.Folders;

namespace Kindred.Data.Imports;

/// <summary>Vectors of tables, stored in a temporary file beside the output until the population is written, so that they need no memory.</summary>
internal sealed class VectorSpill : IDisposable
{
    private readonly PendingFolder _folder;
    private readonly string _path;
    private readonly FileStream _stream;
    private VectorFile? _written;

    /// <param name="beside">The output; the file is in a temporary folder beside it.</param>
    public VectorSpill(string beside)
    {
        var target = TemporaryName.Normalise(beside);
        _folder = OutputErrors.Guard(beside, () =>
        {
            Durable.CreateFolder(Path.GetDirectoryName(target)!);
            return PendingFolder.Beside(target);
        });
        _path = Path.Combine(_folder.Path, "vectors");
        _stream = OutputErrors.Guard(_path, () => new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16));
    }

    /// <summary>Adds a vector.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Add(ReadOnlySpan<float> vector) => ElementStream.Write(_stream, _path, vector);

    /// <summary>Returns all vectors, valid until this is disposed.</summary>
    /// <param name="count">The number of vectors.</param>
    /// <param name="dimension">Length of each.</param>
    public VectorFile Complete(long count, int dimension)
    {
        OutputErrors.Guard(_path, _stream.Dispose);
        _written = new VectorFile(_path, 0, count, dimension, sizeof(float));

        // An open file needs no name. Deleted now, it does not come back after a power cut: the population's commit syncs the names here.
        if (!OperatingSystem.IsWindows()) _folder.Dispose();
        return _written;
    }

    public void Dispose()
    {
        _written?.Dispose();
        _stream.Dispose();
        _folder.Dispose();
    }
}
