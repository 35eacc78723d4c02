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

    /// <param name="folder">The folder.</param>
    /// <param name="users">The number of users in its manifest.</param>
    public MembershipArrays(string folder, int users)
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
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Users { get; }

    /// <summary>All ids.</summary>
    public IdList Ids => new(_ids, _idOffsets);

    /// <summary>The index of a user; −1 if unknown.</summary>
    public int IndexOf(ulong hash, ReadOnlySpan<byte> userId)
    {
        var slots = _slots.Span;
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        for (var left = slots.Length; left > 0 && slots[slot] is not 0 and var found; left--)
        {
            if (UserSlots.Tag(found) == hash >> 32 && IdOf(UserSlots.Index(found)).SequenceEqual(userId)) return UserSlots.Index(found);
            slot = (slot + 1) & mask;
        }

        return -1;
    }

    /// <summary>The UTF-8 bytes of a user's id.</summary>
    public ReadOnlySpan<byte> IdOf(int user) => Part(_ids, _idOffsets, user, MembershipFormat.UserIdOffsets);

    /// <summary>The bytes of a user's <see cref="AudienceList"/>.</summary>
    public ReadOnlySpan<byte> ListOf(int user) => Part(_lists, _starts, user, MembershipFormat.ListStarts);

    /// <summary>Reads all files once.</summary>
    /// <returns>A meaningless number, which keeps the compiler from removing the reads.</returns>
    public int Touch() => Touch(_slots) + Touch(_idOffsets) + Touch(_ids) + Touch(_starts) + Touch(_lists);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private ReadOnlySpan<byte> Part(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<long> starts, int user, string file)
    {
        if ((uint)user >= (uint)Users)
        {
            throw MembershipFormat.Damaged(_folder, MembershipFormat.Slots,
                $"it names a user {user} (counted from 0), but there are {Users}");
        }

        var all = starts.Span;
        var (start, end) = (all[user], all[user + 1]);
        return start >= 0 && start <= end && end <= bytes.Length
            ? bytes.Span[(int)start..(int)end]
            : throw MembershipFormat.Damaged(_folder, file,
                $"entry {user} (counted from 0) goes from {start} to {end}, but there are {bytes.Length} bytes");
    }

    private ReadOnlyMemory<T> Map<T>(string name, long? count)
        where T : unmanaged
    {
        var array = NpyFile.Map<T>(Path.Combine(_folder, name));
        _files.Add(array);
        return count is null || array.Memory.Length == count
            ? array.Memory
            : throw MembershipFormat.Damaged(_folder, name, $"it has {array.Memory.Length} entries, but {Users} users need {count}");
    }

    private static unsafe int Touch<T>(ReadOnlyMemory<T> array)
        where T : unmanaged
    {
        var sum = 0;
        for (long i = 0; i < array.Length; i += PageBytes / sizeof(T)) sum += MemoryMarshal.AsBytes(array.Span.Slice((int)i, 1))[0];
        return sum;
    }
}
