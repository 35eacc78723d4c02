using System.Runtime.InteropServices;
using Kindred.Data.Numpy;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>The memory-mapped files of a folder of memberships. Damaged contents never cause a read outside of them.</summary>
internal sealed class MembershipArrays : IDisposable
{
    private const int PageBytes = 4096;

    private readonly string _folder;
    private readonly List<IDisposable> _files = [];
    private readonly ReadOnlyMemory<byte> _ids;
    private readonly ReadOnlyMemory<long> _idOffsets;
    private readonly ReadOnlyMemory<long> _slots;
    private readonly ReadOnlyMemory<long> _starts;
    private readonly ReadOnlyMemory<byte> _lists;
    private readonly Blocks? _blocks;

    // True once all blocks are verified: look-ups then test this alone.
    private bool _whole;

    /// <param name="folder">The folder.</param>
    /// <param name="users">The number of users in its manifest.</param>
    /// <param name="verified">True if all files were compared with their checksums; otherwise each block is when it is first read.</param>
    public MembershipArrays(string folder, int users, bool verified)
    {
        _folder = folder;
        Users = users;
        try
        {
            _ids = Map<byte>(MembershipFormat.UserIds, null);
            _idOffsets = Map<long>(MembershipFormat.UserIdOffsets, users + 1L);
            _slots = Map<long>(MembershipFormat.Slots, UserSlots.For(users));
            _starts = Map<long>(MembershipFormat.ListStarts, users + 1L);
            _lists = Map<byte>(MembershipFormat.Lists, null);
            _whole = verified;
            if (!verified) _blocks = OpenBlocks(Map<long>(MembershipFormat.Checksums, null));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Users { get; }

    /// <summary>All ids.</summary>
    public IdList Ids
    {
        get
        {
            Verify();
            return new IdList(_ids, _idOffsets);
        }
    }

    /// <summary>The index of a user; −1 if unknown.</summary>
    public int IndexOf(ulong hash, ReadOnlySpan<byte> userId)
    {
        var slots = _slots.Span;
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        for (var left = slots.Length; left > 0; left--)
        {
            if (!_whole) _blocks!.Slots.Require(slot, slot + 1L);
            if (slots[slot] is not (not 0 and var found)) break;
            if (UserSlots.Tag(found) == hash >> 32 && IdOf(UserSlots.Index(found)).SequenceEqual(userId)) return UserSlots.Index(found);
            slot = (slot + 1) & mask;
        }

        return -1;
    }

    /// <summary>The UTF-8 bytes of a user's id.</summary>
    public ReadOnlySpan<byte> IdOf(int user) => Part(_ids, _idOffsets, user, ids: true);

    /// <summary>The bytes of a user's <see cref="AudienceList"/>.</summary>
    public ReadOnlySpan<byte> ListOf(int user) => Part(_lists, _starts, user, ids: false);

    /// <summary>Reads all files once, and verifies what was not verified yet.</summary>
    /// <returns>A meaningless number, which keeps the compiler from removing the reads.</returns>
    public int Touch()
    {
        Verify();
        return Touch(_slots) + Touch(_idOffsets) + Touch(_ids) + Touch(_starts) + Touch(_lists);
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private ReadOnlySpan<byte> Part(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<long> starts, int user, bool ids)
    {
        if ((uint)user >= (uint)Users)
        {
            throw MembershipFormat.Damaged(Path.Combine(_folder, MembershipFormat.Slots),
                $"it names a user {user} (counted from 0), but there are {Users}");
        }

        if (!_whole) (ids ? _blocks!.IdOffsets : _blocks!.Starts).Require(user, user + 2L);
        var all = starts.Span;
        var (start, end) = (all[user], all[user + 1]);
        if (start < 0 || start > end || end > bytes.Length)
        {
            throw MembershipFormat.Damaged(Path.Combine(_folder, ids ? MembershipFormat.UserIdOffsets : MembershipFormat.ListStarts),
                $"entry {user} (counted from 0) goes from {start} to {end}, but there are {bytes.Length} bytes");
        }

        if (!_whole) (ids ? _blocks!.Ids : _blocks!.Lists).Require(start, end);
        return bytes.Span[(int)start..(int)end];
    }

    private void Verify()
    {
        if (_whole) return;
        _blocks!.RequireAll();
        _whole = true;
    }

    private Blocks OpenBlocks(ReadOnlyMemory<long> sums)
    {
        var left = sums;
        var blocks = new Blocks(Of(MembershipFormat.UserIds, _ids), Of(MembershipFormat.UserIdOffsets, _idOffsets),
            Of(MembershipFormat.Slots, _slots), Of(MembershipFormat.ListStarts, _starts), Of(MembershipFormat.Lists, _lists));
        return left.IsEmpty ? blocks : throw Wrong();

        BlockChecksums<T> Of<T>(string name, ReadOnlyMemory<T> array)
            where T : unmanaged
        {
            var count = BlockSums.CountOf<T>(array.Length);
            if (count > left.Length) throw Wrong();
            var own = left[..count];
            left = left[count..];
            return new BlockChecksums<T>(Path.Combine(_folder, name), array, own);
        }

        KindredException Wrong() => MembershipFormat.Damaged(Path.Combine(_folder, MembershipFormat.Checksums),
            $"its {sums.Length} checksums are not those of the blocks of the other files");
    }

    private ReadOnlyMemory<T> Map<T>(string name, long? count)
        where T : unmanaged
    {
        var array = NpyFile.Map<T>(Path.Combine(_folder, name));
        _files.Add(array);
        return count is null || array.Memory.Length == count
            ? array.Memory
            : throw MembershipFormat.Damaged(Path.Combine(_folder, name),
                $"it has {array.Memory.Length} entries, but {Users} users need {count}");
    }

    private static unsafe int Touch<T>(ReadOnlyMemory<T> array)
        where T : unmanaged
    {
        var sum = 0;
        for (long i = 0; i < array.Length; i += PageBytes / sizeof(T)) sum += MemoryMarshal.AsBytes(array.Span.Slice((int)i, 1))[0];
        return sum;
    }

    private sealed record Blocks(
        BlockChecksums<byte> Ids, BlockChecksums<long> IdOffsets, BlockChecksums<long> Slots, BlockChecksums<long> Starts,
        BlockChecksums<byte> Lists)
    {
        public void RequireAll()
        {
            Ids.RequireAll();
            IdOffsets.RequireAll();
            Slots.RequireAll();
            Starts.RequireAll();
            Lists.RequireAll();
        }
    }
}
