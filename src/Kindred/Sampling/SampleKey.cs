namespace Kindred.Sampling;

/// <summary>Random numbers for a user that depend only on a seed, a purpose and the user.</summary>
/// <remarks>
/// Sampling by key instead of by a running generator makes the outcome independent of shards, threads and order of arrival.
/// The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied after each part.
/// </remarks>
public static class SampleKey
{
    /// <summary>A key for one purpose.</summary>
    public static ulong Of(ulong seed, ulong purpose) => Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ purpose);

    /// <summary>Extends the key by one more part, such as an epoch or a user's hash.</summary>
    public static ulong Then(this ulong key, ulong part) => Mix(key + 0x9E3779B97F4A7C15 ^ Mix(part));

    /// <summary>A number in [0, 1) from a key.</summary>
    public static double ToUnit(this ulong key) => (key >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
