using System.Buffers.Binary;
using System.IO.Compression;

namespace Kindred.Fuzz;

/// <summary>Damages a file below its outer layer: text before compression, and headers together with their length field.</summary>
public static class FileShape
{
    private const int NumpyPrefix = 10;

    /// <summary>Returns a damaged copy of a file.</summary>
    /// <param name="name">The file's name; its extension tells the format.</param>
    /// <param name="bytes">The file's contents.</param>
    /// <param name="other">The contents of another file of the same kind.</param>
    /// <param name="mutator">Damages bytes.</param>
    /// <param name="random">The source of random choices.</param>
    public static byte[] Mutate(string name, byte[] bytes, byte[] other, Mutator mutator, Random random)
    {
        if (random.Next(3) == 0) return mutator.Mutate(bytes, other);
        return Path.GetExtension(name) switch
        {
            ".gz" => Compress(mutator.Mutate(Decompress(bytes), Decompress(other))),
            ".safetensors" when bytes.Length >= 8 => WithHeader(bytes, 8, HeaderLength(bytes), mutator, other, wide: true),
            ".npy" when bytes.Length >= NumpyPrefix => WithHeader(bytes, NumpyPrefix,
                BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)), mutator, other, wide: false),
            _ => mutator.Mutate(bytes, other),
        };
    }

    private static int HeaderLength(byte[] bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes), (ulong)bytes.Length - 8);

    private static byte[] WithHeader(byte[] bytes, int prefix, int length, Mutator mutator, byte[] other, bool wide)
    {
        var end = Math.Min(bytes.Length, prefix + length);
        var header = mutator.Mutate(bytes[prefix..end], other);
        byte[] mutated = [.. bytes[..prefix], .. header, .. bytes[end..]];
        if (wide) BinaryPrimitives.WriteUInt64LittleEndian(mutated, (ulong)header.Length);
        else BinaryPrimitives.WriteUInt16LittleEndian(mutated.AsSpan(8), (ushort)Math.Min(header.Length, ushort.MaxValue));
        return mutated;
    }

    private static byte[] Compress(byte[] text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(text);
        return bytes.ToArray();
    }

    private static byte[] Decompress(byte[] bytes)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var text = new MemoryStream();
            gzip.CopyTo(text);
            return text.ToArray();
        }
        catch (InvalidDataException)
        {
            return bytes;
        }
    }
}
