using System.Buffers.Text;
using System.Text;
using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Reads the salt: the secret that is put before ids when they are hashed. No error quotes any of it.</summary>
public static class SaltFile
{
    /// <summary>Reads a salt.</summary>
    /// <param name="file">Holds the bytes of the salt, or "hex:" or "base64:" and the encoded bytes; one line end after them is
    /// ignored.</param>
    /// <exception cref="KindredException">It cannot be read, is empty or too long, or is not encoded as it says.</exception>
    public static ReadOnlyMemory<byte> Read(string file)
    {
        var text = ReadText(file).AsSpan();
        if (text.EndsWith("\n"u8)) text = text[..^1];
        if (text.EndsWith("\r"u8)) text = text[..^1];
        if (text.StartsWith("\uFEFF"u8))
        {
            throw Errors.BadFile("bad_salt", file, "the salt begins with a byte order mark, which an editor wrote",
                "Save it without one; or, if it really is a part of the salt, write all of it as hex: and its bytes");
        }

        if (text.IsEmpty)
        {
            throw Errors.BadFile("empty_salt", file, "the salt is empty",
                "Write the salt into it; if ids were hashed without a salt, use no salt file");
        }

        var salt = text.StartsWith("hex:"u8) ? Hexadecimal(file, text[4..])
            : text.StartsWith("base64:"u8) ? Base64Text(file, text[7..]) : text.ToArray();
        return salt.Length is > 0 and <= IdHash.MaxSaltBytes ? salt : throw TooLong(file);
    }

    private static byte[] ReadText(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var buffer = new byte[(4 * IdHash.MaxSaltBytes) + 1];
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read < buffer.Length ? buffer[..read] : throw TooLong(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Errors.BadFile(
                "file_not_readable", file, $"the salt file cannot be read ({error.Message.TrimEnd('.')})",
                "Check the path and its permissions", error);
        }
    }

    private static byte[] Hexadecimal(string file, ReadOnlySpan<byte> text)
    {
        var salt = new byte[text.Length / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text, salt, out _, out _) == System.Buffers.OperationStatus.Done ? salt
            : throw Errors.BadFile(
                "bad_salt", file, "what follows 'hex:' is not an even number of hexadecimal digits",
                "Write two digits per byte and nothing else");
    }

    private static byte[] Base64Text(string file, ReadOnlySpan<byte> text) =>
        Base64.IsValid(text) ? Convert.FromBase64String(Encoding.ASCII.GetString(text))
            : throw Errors.BadFile("bad_salt", file, "what follows 'base64:' is not Base64",
                "Write the padded form of RFC 4648, section 4, and nothing else");

    private static KindredException TooLong(string file) =>
        Errors.BadFile("bad_salt", file, $"the salt does not have 1 to {IdHash.MaxSaltBytes:N0} bytes",
            "Check that this is the salt file, not one of ids");
}
