using Microsoft.Win32.SafeHandles;

namespace Kindred.Data.Parquet;

/// <summary>Checks the headers of a column's pages before the library, which allocates whatever sizes they claim.</summary>
/// <remarks>A page is read and decompressed as a whole, and its header of a few bytes could claim gigabytes.</remarks>
internal sealed class ParquetPages : IDisposable
{
    // A page usually has about a megabyte; some writers make one page per row group.
    private const long UsualBytes = 64L << 20;

    // Beyond UsualBytes, a page may decompress to this many times its size in the file.
    private const long MostTimes = 100;

    private const long MostBytes = 1L << 30;

    private const int MostValues = 1 << 26;

    // Ways to store text whose lengths the library decodes for the whole page.
    private const int DeltaLengths = 6;
    private const int DeltaTexts = 7;
    private const int MostDeltaValues = 1 << 24;

    // Each text of a page in DeltaTexts may repeat as much of the one before as the page has bytes.
    private const long ExpandedBytes = 256L << 20;

    private const int UsualHeaderBytes = 1 << 12;
    private const int MostHeaderBytes = 1 << 24;

    private readonly SafeFileHandle _file;
    private readonly IReadOnlyList<IReadOnlyList<ParquetChunk>> _chunks;
    private byte[] _header = new byte[UsualHeaderBytes];

    /// <summary>Opens a file and checks its footer.</summary>
    /// <exception cref="InvalidDataException">It is not a footer, or is too large.</exception>
    public ParquetPages(string file)
    {
        _file = File.OpenHandle(file);
        try
        {
            _chunks = ParquetFooter.Read(_file);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Checks all pages of a column in a row group.</summary>
    /// <returns>The most values that may be decoded at a time.</returns>
    /// <exception cref="InvalidDataException">A page claims more than there is.</exception>
    public int Check(int group, int column)
    {
        if (group >= _chunks.Count || column >= _chunks[group].Count) throw ParquetFooter.NotUnderstood();
        var (at, length, total) = _chunks[group][column];
        if (at < 0 || length < 0 || length > RandomAccess.GetLength(_file) - at)
        {
            throw new InvalidDataException("a column lies outside the file");
        }

        var (end, values, step) = (at + length, 0L, int.MaxValue);
        // The library reads no page beyond the last value.
        while (at < end && values < total)
        {
            var page = Header(at, end);
            at += page.HeaderBytes;
            Check(page, end - at);
            if (!page.IsDictionary) values += page.Values;
            if (page.Encoding == DeltaTexts) step = (int)Math.Min(step, ExpandedBytes / Math.Max(1, page.Uncompressed) + 1);
            at += page.Compressed;
        }

        return step;
    }

    public void Dispose() => _file.Dispose();

    private ParquetPageHeader Header(long at, long end)
    {
        while (true)
        {
            var bytes = _header.AsSpan(0, RandomAccess.Read(_file, _header.AsSpan(0, (int)Math.Min(_header.Length, end - at)), at));
            if (ParquetPageHeader.TryRead(bytes, out var page)) return page;
            // Statistics in a header may be long.
            if (bytes.Length < _header.Length) throw new InvalidDataException("the header of a page is damaged or cut off");
            if (_header.Length >= MostHeaderBytes)
            {
                throw new InvalidDataException($"the header of a page has more than {MostHeaderBytes:N0} bytes");
            }

            _header = new byte[_header.Length * 16];
        }
    }

    private static void Check(ParquetPageHeader page, long left)
    {
        if (page.Compressed < 0 || page.Compressed > left)
        {
            throw new InvalidDataException($"a page claims {page.Compressed:N0} bytes, and its column has {left:N0} left");
        }

        if (page.Uncompressed is < 0 or > MostBytes || (page.Uncompressed > UsualBytes && page.Uncompressed / MostTimes > page.Compressed))
        {
            throw new InvalidDataException($"a page of {page.Compressed:N0} bytes claims to be {page.Uncompressed:N0} bytes");
        }

        // Before it reads one of them, the library makes room for all.
        if (page.IsDictionary && page.Values > page.Uncompressed)
        {
            throw new InvalidDataException($"a dictionary of {page.Uncompressed:N0} bytes claims {page.Values:N0} values");
        }

        var most = page.Encoding is DeltaLengths or DeltaTexts ? MostDeltaValues : MostValues;
        if (page.Values < 0 || page.Values > most)
        {
            throw new InvalidDataException($"a page claims {page.Values:N0} values; at most {most:N0} are read");
        }
    }
}
