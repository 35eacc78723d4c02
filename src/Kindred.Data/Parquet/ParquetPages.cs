using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Parquet;

/// <summary>Checks the headers of a column's pages before the library, which allocates whatever sizes they claim.</summary>
/// <remarks>A page is read and decompressed as a whole, and its header of a few bytes could claim gigabytes.</remarks>
internal sealed class ParquetPages : IDisposable
{
    // A page usually has about a megabyte; some writers make one page per row group.
    private const long MostBytes = 256L << 20;

    // Beyond MostBytes, a page may decompress to this many times its size in the file.
    private const long MostTimes = 100;

    private readonly SafeFileHandle _file;
    private readonly IReadOnlyList<IReadOnlyList<(long Start, long Bytes)>>? _chunks;
    private readonly byte[] _header = new byte[1 << 12];

    public ParquetPages(string file)
    {
        _file = File.OpenHandle(file);
        _chunks = ParquetFooter.TryRead(_file);
    }

    /// <summary>Checks all pages of a column in a row group.</summary>
    /// <exception cref="InvalidDataException">A page claims more than there is.</exception>
    public void Check(int group, int column)
    {
        // The library reports what is not understood here.
        if (_chunks is null || group >= _chunks.Count || column >= _chunks[group].Count) return;
        var (at, length) = _chunks[group][column];
        if (at < 0 || length < 0 || length > RandomAccess.GetLength(_file) - at)
        {
            throw new InvalidDataException("a column lies outside the file");
        }

        var end = at + length;
        while (at < end)
        {
            var bytes = _header.AsSpan(0, RandomAccess.Read(_file, _header, at));
            // Statistics in a header may be long.
            if (!ParquetPageHeader.TryRead(bytes, out var page)) return;
            at += page.HeaderBytes;
            if (page.Compressed < 0 || page.Compressed > end - at)
            {
                throw new InvalidDataException($"a page claims {page.Compressed:N0} bytes, and its column has {end - at:N0} left");
            }

            if (page.Uncompressed < 0 || (page.Uncompressed > MostBytes && page.Uncompressed / MostTimes > page.Compressed))
            {
                throw new InvalidDataException($"a page of {page.Compressed:N0} bytes claims to be {page.Uncompressed:N0} bytes");
            }

            at += page.Compressed;
        }
    }

    public void Dispose() => _file.Dispose();
}
