using System.IO.Hashing;
using System.Text;

namespace Kindred.Experiments.Assignment;

/// <summary>The hash that assigns units: XXH64 over a unit's id, seeded by the XXH64 of a salt.</summary>
/// <remarks>
/// Published with test vectors in docs/reference/assignment.md, so that any language can compute it; it never changes.
/// Salts of arms and of layers are hashed with different seeds of their own, so that an experiment and a layer of the same name are
/// independent.
/// </remarks>
internal static class AssignmentHash
{
    private const long ArmDomain = 0;
    private const long LayerDomain = 1;

    public static ulong SeedOfArms(string salt) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(salt), ArmDomain);

    public static ulong SeedOfLayer(string salt) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(salt), LayerDomain);

    public static ulong Of(ReadOnlySpan<byte> unitId, ulong seed) => XxHash64.HashToUInt64(unitId, unchecked((long)seed));

    /// <summary>Maps a hash to [0, count): ⌊hash × count / 2⁶⁴⌋, each number with the same share of all hashes to within one.</summary>
    public static ulong Slot(ulong hash, ulong count) => Math.BigMul(hash, count, out _);
}
