using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Kindred.Pipeline.Store;

/// <summary>Hashes all inputs of an output into its name.</summary>
/// <remarks>XXH3 with 128 bits over length-prefixed parts, so that no two lists of parts give the same bytes.</remarks>
public sealed class InputHash
{
    private readonly XxHash128 _hash = new();

    /// <summary>A hash for one purpose.</summary>
    public InputHash(string purpose) => Add(purpose);

    /// <summary>Adds a text; null differs from empty.</summary>
    public InputHash Add(string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        _hash.Append(BitConverter.GetBytes(text is null ? -1L : bytes.LongLength));
        _hash.Append(bytes);
        return this;
    }

    /// <summary>Adds a number.</summary>
    public InputHash Add<T>(T number) where T : struct, IFormattable => Add(number.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Adds texts in their order.</summary>
    public InputHash Add(IEnumerable<string> texts)
    {
        var count = 0L;
        foreach (var text in texts)
        {
            Add(text);
            count++;
        }

        return Add(count);
    }

    /// <summary>Adds bytes.</summary>
    public InputHash Add(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(BitConverter.GetBytes(bytes.Length));
        _hash.Append(bytes);
        return this;
    }

    /// <summary>Adds all bytes of a stream, as if they were given at once.</summary>
    internal InputHash Add(Stream bytes)
    {
        _hash.Append(BitConverter.GetBytes(unchecked((int)bytes.Length)));
        _hash.Append(bytes);
        return this;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The hash of a file's bytes.</summary>
    /// <exception cref="KindredException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var hash = new XxHash128();
            var buffer = new byte[1 << 18];
            int read;
            while ((read = stream.Read(buffer)) > 0) hash.Append(buffer.AsSpan(0, read));
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KindredException(ErrorKind.BadInput, "file_not_readable", $"{path} cannot be read: {error.Message.TrimEnd('.')}.",
                "Check that it exists and is readable.", error);
        }
    }
}
