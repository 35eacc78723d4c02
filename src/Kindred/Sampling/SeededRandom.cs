namespace Kindred.Sampling;

/// <summary>Seeded random numbers: xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64 as its authors advise.</summary>
/// <remarks>
/// A stream is keyed by its subject (<see cref="Keyed"/>), never by thread or order, so that any draw can be repeated on its own.
/// A mutable value: pass it by <c>ref</c>, because a copy repeats the same numbers. The 64-bit numbers are the same on every machine;
/// distributions that need a logarithm use the platform's, which may differ in the last bit between C libraries.
/// </remarks>
public partial struct SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Creates the stream of one seed.</summary>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>Creates a stream with a given state, for the published test vectors. The four words must not all be 0.</summary>
    internal SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>Creates the stream of one key, independent of the streams of all other keys.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="purpose">The purpose of the draw; each purpose has its own number.</param>
    /// <param name="index">The index of the subject of the draw.</param>
    /// <param name="subIndex">The index of a part of that subject.</param>
    public static SeededRandom Keyed(ulong seed, ulong purpose, ulong index = 0, ulong subIndex = 0) =>
        new(Hash(seed, purpose, index, subIndex));

    /// <summary>A number in [0, 1) of one key: a short form of <see cref="Keyed"/> for a single number.</summary>
    public static double UnitOf(ulong seed, ulong purpose, ulong index, ulong subIndex = 0) =>
        ToUnit(Hash(seed, purpose, index, subIndex));

    /// <summary>The next number of a SplitMix64 generator (Steele, Lea and Flood 2014).</summary>
    public static ulong SplitMix64(ref ulong state) => Mix(state += GoldenGamma);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => ToUnit(NextUInt64());

    /// <summary>A uniform whole number in [0, bound) (Lemire 2019, with rejection).</summary>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var limit = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), limit, out var low);
        if (low >= limit) return (int)high;

        var uneven = (0 - limit) % limit;
        while (low < uneven) high = Math.BigMul(NextUInt64(), limit, out low);
        return (int)high;
    }

    private static ulong Hash(ulong seed, ulong purpose, ulong index, ulong subIndex)
    {
        var hash = Mix(seed + GoldenGamma);
        hash = Mix(hash ^ Mix(purpose + GoldenGamma));
        hash = Mix(hash ^ Mix(index + GoldenGamma));
        return Mix(hash ^ Mix(subIndex + GoldenGamma));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
