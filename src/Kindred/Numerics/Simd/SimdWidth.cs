using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>The widest vectors that this machine computes with. Constants to the just-in-time compiler, so that a choice by them costs
/// nothing.</summary>
internal static class SimdWidth
{
    /// <summary>Vectors of 512 bits are fast here.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    /// <summary>Vectors of 256 bits are.</summary>
    public static bool Is256 => Vector256.IsHardwareAccelerated;

    /// <summary>Numbers side by side.</summary>
    public static int Count => Is512 ? 16 : Is256 ? 8 : 4;
}
