namespace Kindred.Numerics;

/// <summary>Some float32 numbers side by side, so that one kernel serves every vector width.</summary>
/// <remarks>
/// Lanes are independent: each has the same bits as <see cref="SimdScalar"/>, the scalar twin, on the same numbers. A kernel is written
/// once over TSimd, instantiated at the widest vectors of the machine (<see cref="SimdWidth"/>), and tested at all widths.
/// </remarks>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Numbers side by side.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Reads consecutive numbers.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>Writes consecutive numbers.</summary>
    void Store(float* to);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The larger of a and b; b if either is NaN or both are zero.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>value where gate &gt; 0, else +0.</summary>
    static abstract TSelf WherePositive(TSelf gate, TSelf value);

    /// <summary>2^n for whole numbers from −126 to 127; undefined for NaN.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The quotient.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>A mask with bit i set if lane i of a is above that of b.</summary>
    static abstract uint Above(TSelf a, TSelf b);

    /// <summary>Tells whether every lane is zero.</summary>
    static abstract bool IsZero(TSelf value);
}
