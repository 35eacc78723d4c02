namespace Kindred.Data.Streams;

/// <summary>A forward-only stream that keeps its beginning until its format is known.</summary>
/// <remarks>The underlying stream stays open: it belongs to the process.</remarks>
internal sealed class RewindableStream(Stream stream) : ForwardStream
{
    private readonly MemoryStream _beginning = new();
    private bool _kept = true;

    public override int Read(Span<byte> buffer)
    {
        var again = _beginning.Read(buffer);
        if (again > 0 || buffer.IsEmpty) return again;
        var read = stream.Read(buffer);
        if (_kept) _beginning.Write(buffer[..read]);
        return read;
    }

    /// <summary>Goes back to the beginning.</summary>
    public void Rewind() => _beginning.Position = _kept ? 0 : throw new InvalidOperationException("The beginning was not kept.");

    /// <summary>Stops keeping the beginning: rewinding is no longer possible.</summary>
    public void GoOn() => _kept = false;
}
