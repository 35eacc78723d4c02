using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Data.Forgotten;

/// <summary>The forgotten users as digests: they recognise a user and are not a list of people.</summary>
/// <remarks>A user is stored as the SHA-256 of the id and 32 bits of its <see cref="UserHash"/>, which make look-ups fast (all 64 bits
/// would reveal short ids, because that hash can be inverted). Ids that are easy to guess are not hidden: anyone with the file and a
/// list of ids, or all telephone numbers, can find out which of them were forgotten. Protect the file as you protect seed lists.
/// Immutable, and safe for many threads.</remarks>
public sealed class Tombstones
{
    private const int KeyBytes = sizeof(uint);

    // The key, big-endian, and the digest: ordered by bytes is ordered by key.
    internal const int EntryBytes = KeyBytes + SHA256.HashSizeInBytes;

    private readonly byte[] _entries;

    // [buckets + 1] the start of the entries with each value of a key's first bits.
    private readonly int[] _starts;
    private readonly int _shift;

    /// <param name="entries">Distinct entries in ordinal order, end to end.</param>
    internal Tombstones(byte[] entries)
    {
        _entries = entries;
        Count = entries.Length / EntryBytes;
        var bits = Math.Clamp(BitOperations.Log2((uint)Count + 1) + 2, 1, 24);
        _shift = 32 - bits;
        _starts = new int[(1 << bits) + 1];
        for (var i = 0; i < Count; i++) _starts[(int)(KeyAt(i) >> _shift) + 1]++;
        for (var i = 1; i < _starts.Length; i++) _starts[i] += _starts[i - 1];
        Digest = Convert.ToHexStringLower(SHA256.HashData([.. "kindred tombstones\n"u8, .. entries]));
    }

    /// <summary>The empty list.</summary>
    public static Tombstones Empty { get; } = new([]);

    /// <summary>The number of forgotten users.</summary>
    public int Count { get; }

    /// <summary>SHA-256 over the whole list, in hexadecimal: two lists with the same digest forget the same users.</summary>
    public string Digest { get; }

    /// <summary>All entries, end to end.</summary>
    internal ReadOnlySpan<byte> Entries => _entries;

    /// <summary>Reads a list; a missing file is an empty list.</summary>
    /// <exception cref="KindredException">The file is damaged, of a newer version, or cannot be read.</exception>
    public static Tombstones Read(string path) => TombstoneFile.Read(path);

    /// <summary>Writes the list over an older one in one step, and waits until it is on the disk.</summary>
    /// <exception cref="KindredException">It cannot be written; the older one stays.</exception>
    public void Write(string path) => TombstoneFile.Write(path, this);

    /// <summary>The list with more users, in a population or not. The same list if it has all of them.</summary>
    /// <exception cref="KindredException">An id is invalid: empty, too long, with white space around it, or malformed text.</exception>
    public Tombstones With(IEnumerable<string> ids)
    {
        var entries = Enumerable.Range(0, Count).Select(i => _entries[(i * EntryBytes)..((i + 1) * EntryBytes)]).ToList();
        var number = 0;
        entries.AddRange(ids.Select(id => EntryOf(Utf8Of(id, ++number))));
        entries.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        byte[][] distinct = [.. entries.Where((entry, i) => i == 0 || !entry.AsSpan().SequenceEqual(entries[i - 1]))];
        return distinct.Length == Count ? this : new Tombstones([.. distinct.SelectMany(entry => entry)]);
    }

    /// <summary>Tells whether a user was forgotten. Allocates nothing.</summary>
    /// <param name="userId">The id in UTF-8.</param>
    public bool Contains(ReadOnlySpan<byte> userId) => Contains(userId, UserHash.Of(userId));

    /// <summary>Tells whether a user was forgotten. Allocates nothing.</summary>
    /// <param name="userId">The id in UTF-8.</param>
    /// <param name="hash">The id's <see cref="UserHash"/>.</param>
    public bool Contains(ReadOnlySpan<byte> userId, ulong hash)
    {
        var key = KeyOf(hash);
        var bucket = (int)(key >> _shift);
        for (var i = _starts[bucket]; i < _starts[bucket + 1]; i++)
        {
            if (KeyAt(i) == key) return ContainsDigest(userId, key, i);
        }

        return false;
    }

    /// <summary>Finds the forgotten users of a population, by shard and row.</summary>
    public IReadOnlyList<UserRow> In(Population population) => Count == 0 ? [] : ForgottenRows.Find(this, population);

    /// <summary>The list without forgotten users; the same list if there are none in it.</summary>
    public IdList Without(IdList ids) => Kept(ids) is var kept && kept.Length == ids.Count ? ids : ids.Select(kept);

    /// <summary>The list without forgotten users and their metrics; the same list if there are none in it.</summary>
    public SeedList Without(SeedList list)
    {
        var kept = Kept(list.Users);
        if (kept.Length == list.Users.Count) return list;
        return list with
        {
            Users = list.Users.Select(kept),
            Metrics = list.Metrics.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(kept, i => pair.Value[i]),
                StringComparer.Ordinal),
        };
    }

    private int[] Kept(IdList ids) => [.. Enumerable.Range(0, ids.Count).Where(i => !Contains(ids[i]))];

    private bool ContainsDigest(ReadOnlySpan<byte> userId, uint key, int first)
    {
        if (userId.Length > IdList.MaxBytes) return false;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        DigestOf(userId, digest);
        for (var i = first; i < Count && KeyAt(i) == key; i++)
        {
            if (_entries.AsSpan(i * EntryBytes + KeyBytes, digest.Length).SequenceEqual(digest)) return true;
        }

        return false;
    }

    private uint KeyAt(int index) => BinaryPrimitives.ReadUInt32BigEndian(_entries.AsSpan(index * EntryBytes));

    private static uint KeyOf(ulong hash) => (uint)(hash >> 32);

    private static byte[] EntryOf(ReadOnlySpan<byte> userId)
    {
        var entry = new byte[EntryBytes];
        BinaryPrimitives.WriteUInt32BigEndian(entry, KeyOf(UserHash.Of(userId)));
        DigestOf(userId, entry.AsSpan(KeyBytes));
        return entry;
    }

    // Part of the format: another digest would match no stored one.
    private static void DigestOf(ReadOnlySpan<byte> userId, Span<byte> digest)
    {
        var domain = "kindred forgotten user\n"u8;
        Span<byte> text = stackalloc byte[domain.Length + IdList.MaxBytes];
        domain.CopyTo(text);
        userId.CopyTo(text[domain.Length..]);
        SHA256.HashData(text[..(domain.Length + userId.Length)], digest);
    }

    // An invalid id would match no user without notice. The message does not repeat it, because messages go to logs.
    private static byte[] Utf8Of(string id, int number)
    {
        var problem = id switch
        {
            "" => "is empty",
            _ when id.AsSpan().Trim().Length != id.Length => "starts or ends with white space",
            _ when Encoding.UTF8.GetByteCount(id) > IdList.MaxBytes => $"has more than {IdList.MaxBytes} bytes in UTF-8",
            _ => null,
        };
        if (problem is null)
        {
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(id);
            }
            catch (EncoderFallbackException)
            {
                problem = "is malformed text";
            }
        }

        throw new KindredException(ErrorKind.BadInput, "bad_user_id",
            FormattableString.Invariant($"Of the users to forget, number {number:N0} {problem}, so it is no id, and no user is forgotten."),
            $"Ids have 1 to {IdList.MaxBytes} bytes and are compared byte for byte; correct it and try again.")
        {
            Values = new Dictionary<string, object?> { ["number"] = number },
        };
    }
}
