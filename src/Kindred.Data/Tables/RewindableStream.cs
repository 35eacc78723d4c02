namespace Kindred.Data.Tables;

/// <summary>A stream that can only be read on, but whose beginning is kept until it is known what it holds.</summary>
/// <remarks>What it reads from stays open: it belongs to the process.</remarks>
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

    /// <summary>Keeps nothing more from here on: there will be no going back.</summary>
    public void GoOn() => _kept = false;
}
