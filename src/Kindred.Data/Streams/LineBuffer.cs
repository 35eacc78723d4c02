namespace Kindred.Data.Streams;

/// <summary>Reads the lines of a text, which must fit into a buffer.</summary>
internal sealed class LineBuffer(Stream stream) : IDisposable
{
    /// <summary>Maximum bytes of a line.</summary>
    public const int Most = 1 << 20;

    private readonly byte[] _buffer = new byte[Most + 1];
    private int _line;
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>True if the last line could not be read because it is too long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Returns as much of the text as fits, before the first line is read; these lines are read again.</summary>
    /// <returns>Whole lines.</returns>
    public ReadOnlySpan<byte> LookAhead()
    {
        _line = _start;
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
        var text = _buffer.AsSpan(_start, _end - _start);
        return _ended ? text : text[..(text.LastIndexOf((byte)'\n') + 1)];
    }

    /// <summary>Reads the next line without its end; valid until the next call.</summary>
    /// <returns>False at the end, or if the line is too long.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        _line = _start;
        while (true)
        {
            line = _buffer.AsSpan(_start, _end - _start);
            var length = line.IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = line[..length];
                _start += length + 1;
                return true;
            }

            if (_ended)
            {
                _start = _end;
                return !line.IsEmpty;
            }

            IsTooLong = line.Length == _buffer.Length;
            if (IsTooLong) return false;
            Fill();
        }
    }

    /// <summary>Adds the next line to the last one, with the line break between them.</summary>
    /// <returns>False if there is none, or both together are too long.</returns>
    public bool TryExtend(out ReadOnlySpan<byte> lines)
    {
        lines = default;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0 && !_ended)
            {
                if (_line == 0 && _end == _buffer.Length) return false;
                Fill();
                continue;
            }

            if (length < 0 && rest.IsEmpty) return false;
            var end = length < 0 ? _end : _start + length;
            _start = length < 0 ? _end : end + 1;
            lines = _buffer.AsSpan(_line, end - _line);
            return true;
        }
    }

    /// <summary>Goes back to the end of the first of the lines that were added together.</summary>
    /// <returns>The first line.</returns>
    public ReadOnlySpan<byte> Retract()
    {
        var lines = _buffer.AsSpan(_line, _end - _line);
        var length = lines.IndexOf((byte)'\n');
        _start = length < 0 ? _end : _line + length + 1;
        return length < 0 ? lines : lines[..length];
    }

    public void Dispose() => stream.Dispose();

    // Fills the buffer completely, so that looking ahead does not depend on the chunks of a pipe.
    private void Fill()
    {
        _buffer.AsSpan(_line, _end - _line).CopyTo(_buffer);
        (_line, _start, _end) = (0, _start - _line, _end - _line);
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _ended = read < _buffer.Length - _end;
        _end += read;
    }
}
