using System.IO.Compression;
using Kindred.Data.Streams;

namespace Kindred.Data.Tables;

/// <summary>Decompresses gzip and detects a file that was cut off.</summary>
/// <remarks><see cref="GZipStream"/> checks the checksum of a member that ends, but returns quietly where the file stops inside
/// one. So another member, the seal, is appended to the stream: its text comes out last only if everything before it was whole.</remarks>
internal sealed class GzipTextStream(Stream file, string name) : ForwardStream
{
    private static readonly byte[] Seal = Convert.FromHexString("C35A0F91E6B8472D9A13FC60578EDB24");
    private readonly GZipStream _gzip = new(new SealedStream(file, Compress(Seal)), CompressionMode.Decompress);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _end - _start <= Seal.Length) Fill();
        // The last bytes are held back until it is clear whether they are the seal.
        var count = Math.Min(buffer.Length, _end - _start - Seal.Length);
        if (count <= 0) return 0;
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        try
        {
            var read = _gzip.Read(_buffer.AsSpan(_end));
            _end += read;
            _ended = read == 0;
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }

        if (_ended && !_buffer.AsSpan(_start, _end - _start).SequenceEqual(Seal)) throw Damaged(null);
    }

    private KindredException Damaged(Exception? inner) => Errors.BadFile("damaged_gzip", name,
        "the gzip file is damaged or ends too early", "It was probably cut off in a download or by a full disk: copy or write it again",
        inner);

    private static byte[] Compress(byte[] text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(text);
        return bytes.ToArray();
    }

    /// <summary>A file with more bytes appended.</summary>
    private sealed class SealedStream(Stream file, byte[] tail) : ForwardStream
    {
        private int _sent;
        private bool _fileEnded;

        public override int Read(Span<byte> buffer)
        {
            var read = _fileEnded ? 0 : file.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            _fileEnded = true;
            var count = Math.Min(buffer.Length, tail.Length - _sent);
            tail.AsSpan(_sent, count).CopyTo(buffer);
            _sent += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
