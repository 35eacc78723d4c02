using System.IO.Compression;
using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>The contents of a malformed file.</summary>
/// <param name="Write">Writes the contents to a path.</param>
public sealed record FileContent(Action<string> Write)
{
    public static implicit operator FileContent(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static implicit operator FileContent(byte[] bytes) => Bytes(bytes);

    public static FileContent Bytes(byte[] bytes) => new(path => File.WriteAllBytes(path, bytes));

    /// <summary>Text in another encoding, with or without a byte-order mark.</summary>
    public static FileContent In(Encoding encoding, string text, bool mark = false) => Bytes(mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text));

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    public static byte[] Compress(string text) => Compress(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes of a valid file after a change.</summary>
    public static FileContent Changed(byte[] whole, Func<byte[], byte[]> change) => Bytes(change(whole));

    /// <summary>A gzip bomb: a start followed by a repeated block. Many identical gzip members keep 100 GB of text small.</summary>
    /// <param name="start">The start of the text.</param>
    /// <param name="block">The byte that is repeated.</param>
    /// <param name="gigabytes">The length of the text, in GB.</param>
    public static FileContent Bomb(string start, byte block, int gigabytes) => new(path =>
    {
        const int memberBytes = 1 << 26;
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Enumerable.Repeat(block, memberBytes).ToArray());
        using var file = File.Create(path);
        file.Write(Compress(start));
        for (var written = 0L; written < gigabytes * 1_000_000_000L; written += memberBytes) file.Write(member.GetBuffer(), 0, (int)member.Length);
    });
}
