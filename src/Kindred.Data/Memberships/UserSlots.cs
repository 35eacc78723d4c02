using System.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Memberships;

/// <summary>A hash table from ids to their indexes, as one array of numbers.</summary>
/// <remarks>
/// <code>
/// slot: 63 … 32  the upper half of the id's <see cref="UserHash"/>
///       31 …  0  the id's index plus one; a free slot is 0
/// </code>
/// The lower half of an id's hash gives the first slot to look at; at least half of the slots are free. The upper half distinguishes nearly
/// all other ids without reading them: a look-up costs one cache miss for the slot and one for the id.
/// </remarks>
internal static class UserSlots
{
    /// <summary>Maximum ids of one table.</summary>
    public const int MostIds = 1 << 29;

    /// <summary>The number of slots for a number of ids.</summary>
    public static int For(int ids) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 2L * ids));

    /// <summary>Builds the table.</summary>
    /// <exception cref="ArgumentException">An id is there twice.</exception>
    public static long[] Build(IdList ids)
    {
        var slots = new long[For(ids.Count)];
        var mask = slots.Length - 1;
        for (var i = 0; i < ids.Count; i++)
        {
            var hash = UserHash.Of(ids[i]);
            var slot = (int)hash & mask;
            for (; slots[slot] != 0; slot = (slot + 1) & mask)
            {
                if (Tag(slots[slot]) == hash >> 32 && ids[Index(slots[slot])].SequenceEqual(ids[i]))
                {
                    throw new ArgumentException($"User '{ids.GetString(i)}' is there twice: at {Index(slots[slot])} and at {i}.",
                        nameof(ids));
                }
            }

            slots[slot] = (long)(hash >> 32 << 32 | (uint)(i + 1));
        }

        return slots;
    }

    /// <summary>The index that a slot holds; −1 for a free one.</summary>
    public static int Index(long slot) => (int)(uint)slot - 1;

    /// <summary>The part of a hash that a slot holds.</summary>
    public static ulong Tag(long slot) => (ulong)slot >> 32;
}
