using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>The widest vectors that this machine computes with. They are constants for the just-in-time compiler, so that branches on them
/// cost nothing.</summary>
internal static class SimdWidth
{
    /// <summary>True if vectors of 512 bits are fast on this machine.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    /// <summary>True if vectors of 256 bits are fast on this machine.</summary>
    public static bool Is256 => Vector256.IsHardwareAccelerated;

    /// <summary>Numbers side by side.</summary>
    public static int Count => Is512 ? 16 : Is256 ? 8 : 4;
}
