using System.Runtime.InteropServices;

namespace Kindred.Cli.Terminal;

/// <summary>Standard output that checks before each write whether its reader is still there. A full pipe blocks.</summary>
/// <param name="console">The console's stream.</param>
internal sealed class ReadOutput(Stream console) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsLeft()) throw new OutputLeftException();
        console.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => console.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // A poll without waiting. If standard output was closed at start, the runtime may reuse its descriptor, and only a write finds out.
    private static bool IsLeft()
    {
        const short PollError = 0x08, PollHangUp = 0x10, PollInvalid = 0x20;
        var asked = new PollDescriptor { File = 1 };
        return Poll(ref asked, 1, 0) > 0 && (asked.Found & (PollError | PollHangUp | PollInvalid)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int File;
        public short Events;
        public short Found;
    }
}
