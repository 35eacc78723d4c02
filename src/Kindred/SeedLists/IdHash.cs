using System.Buffers.Text;
using System.Security.Cryptography;
using Kindred.Ids;
using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>The hashing of user ids: hash(salt + id), written as hexadecimal digits or as Base64.</summary>
/// <remarks>The salt is a secret. This class never reveals it, and nothing that Kindred writes depends on it.</remarks>
/// <param name="function">The function.</param>
/// <param name="salt">Bytes to put before every id; none by default.</param>
/// <param name="normalization">How ids are written before they are hashed; null for as they are.</param>
public sealed class IdHash(IdHashFunction function, ReadOnlyMemory<byte> salt = default, IdNormalization? normalization = null)
{
    [ThreadStatic]
    private static byte[]? _normalised;

    /// <summary>The longest salt, in bytes.</summary>
    public const int MaxSaltBytes = 1024;

    /// <summary>The longest hash of any function, in bytes.</summary>
    public const int MaxBytes = SHA256.HashSizeInBytes;

    private readonly byte[] _salt = salt.Length <= MaxSaltBytes ? salt.ToArray() : throw new ArgumentOutOfRangeException(nameof(salt));

    /// <summary>The function.</summary>
    public IdHashFunction Function => function;

    /// <summary>Length of a hash in bytes.</summary>
    public int Bytes => BytesOf(function);

    /// <summary>Length of a function's hashes in bytes.</summary>
    public static int BytesOf(IdHashFunction function) => function switch
    {
        IdHashFunction.Sha256 => SHA256.HashSizeInBytes,
        IdHashFunction.Sha1 => SHA1.HashSizeInBytes,
        _ => MD5.HashSizeInBytes,
    };

    /// <summary>The usual name of the function, such as SHA-256.</summary>
    public static string NameOf(IdHashFunction function) => function switch
    {
        IdHashFunction.Sha256 => "SHA-256",
        IdHashFunction.Sha1 => "SHA-1",
        _ => "MD5",
    };

    /// <summary>Hashes an id.</summary>
    /// <param name="id">1 to 128 bytes.</param>
    /// <param name="hash">Receives <see cref="Bytes"/> bytes.</param>
    public void Of(ReadOnlySpan<byte> id, Span<byte> hash)
    {
        if (normalization is not null)
        {
            _normalised ??= new byte[IdList.MaxBytes];
            id = normalization.Apply(id, ref _normalised);
        }

        // Letters of another case may be longer.
        Span<byte> text = stackalloc byte[MaxSaltBytes + (4 * IdList.MaxBytes)];
        _salt.CopyTo(text);
        id.CopyTo(text[_salt.Length..]);
        Hash(text[..(_salt.Length + id.Length)], hash);
    }

    /// <summary>Reads a written hash: hexadecimal digits in either case, or Base64 in either alphabet, padded or not.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="hash">Receives <see cref="Bytes"/> bytes.</param>
    /// <returns>True if it is a hash of this length.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, Span<byte> hash) => TryRead(function, text, hash);

    /// <summary>Reads a written hash of a function.</summary>
    public static bool TryRead(IdHashFunction function, ReadOnlySpan<byte> text, Span<byte> hash)
    {
        hash = hash[..BytesOf(function)];
        if (text.Length == 2 * hash.Length) return Convert.FromHexString(text, hash, out _, out _) == System.Buffers.OperationStatus.Done;
        var padded = (hash.Length + 2) / 3 * 4;
        if (text.Length > padded || text.Length < padded - 2) return false;
        Span<byte> standard = stackalloc byte[padded];
        standard.Fill((byte)'=');
        text.CopyTo(standard);
        standard.Replace((byte)'-', (byte)'+');
        standard.Replace((byte)'_', (byte)'/');
        Span<byte> decoded = stackalloc byte[padded / 4 * 3];
        if (Base64.DecodeFromUtf8(standard, decoded, out var consumed, out var written) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }
        if (consumed != padded || written != hash.Length) return false;
        decoded[..written].CopyTo(hash);
        return true;
    }

    // SHA-1 and MD5 are broken in that collisions can be constructed. They are supported because lists are hashed with them; no security
    // depends on them here.
#pragma warning disable CA5350, CA5351
    private void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        switch (function)
        {
            case IdHashFunction.Sha256: SHA256.HashData(text, hash); break;
            case IdHashFunction.Sha1: SHA1.HashData(text, hash); break;
            default: MD5.HashData(text, hash); break;
        }
    }
#pragma warning restore CA5350, CA5351
}
