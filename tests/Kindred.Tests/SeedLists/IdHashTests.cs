using System.Security.Cryptography;
using System.Text;
using Kindred.SeedLists;

namespace Kindred.Tests.SeedLists;

public sealed class IdHashTests
{
    [Theory]
    // FIPS 180-4 (NIST examples) and RFC 1321, appendix A.5.
    [InlineData(IdHashFunction.Sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(IdHashFunction.Sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData(IdHashFunction.Sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData(IdHashFunction.Sha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    [InlineData(IdHashFunction.Md5, "abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(IdHashFunction.Md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    public void Hashes_equal_published_vectors_wherever_the_salt_ends(IdHashFunction function, string text, string expected)
    {
        Span<byte> bytes = stackalloc byte[IdHash.MaxBytes];
        for (var salt = 0; salt < text.Length; salt++)
        {
            var hash = new IdHash(function, Encoding.UTF8.GetBytes(text[..salt]));
            hash.Of(Encoding.UTF8.GetBytes(text[salt..]), bytes);
            Assert.Equal(expected, Convert.ToHexStringLower(bytes[..hash.Bytes]));
        }
    }

    [Theory]
    [InlineData(IdHashFunction.Sha256)]
    [InlineData(IdHashFunction.Sha1)]
    [InlineData(IdHashFunction.Md5)]
    public void A_hash_is_read_in_every_usual_spelling(IdHashFunction function)
    {
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var expected = new byte[IdHash.BytesOf(function)];
            random.NextBytes(expected);
            var base64 = Convert.ToBase64String(expected);
            string[] spellings =
            [
                Convert.ToHexString(expected), Convert.ToHexStringLower(expected), base64, base64.TrimEnd('='),
                base64.Replace('+', '-').Replace('/', '_'), base64.Replace('+', '-').Replace('/', '_').TrimEnd('='),
            ];
            foreach (var spelling in spellings) Assert.Equal(expected, Read(function, spelling));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("u0012345")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adad")]
    [InlineData("xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0==")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa===")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFaé=")]
    [InlineData("someone.somewhere.with.44.letters@example.com")]
    public void A_text_that_is_not_a_hash_is_not_read(string text) => Assert.Null(Read(IdHashFunction.Sha256, text));

    [Fact]
    public void The_longest_id_fits_after_the_longest_salt()
    {
        var (salt, id) = (new byte[IdHash.MaxSaltBytes], new byte[128]);
        var bytes = new byte[IdHash.MaxBytes];
        new IdHash(IdHashFunction.Sha256, salt).Of(id, bytes);
        Assert.Equal(SHA256.HashData([.. salt, .. id]), bytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdHash(IdHashFunction.Sha256, new byte[IdHash.MaxSaltBytes + 1]));
    }

    private static byte[]? Read(IdHashFunction function, string text)
    {
        Span<byte> bytes = stackalloc byte[IdHash.MaxBytes];
        return IdHash.TryRead(function, Encoding.UTF8.GetBytes(text), bytes) ? bytes[..IdHash.BytesOf(function)].ToArray() : null;
    }
}
