namespace Kindred.Numerics;

/// <summary>Sixteen float32 numbers side by side, for kernels that add up lanes: their order must not depend on the width.</summary>
/// <remarks>
/// <see cref="Sixteen512"/> is one vector, <see cref="Sixteen256"/> two (which narrower machines run in halves). Sums over lanes go
/// in the order of <see cref="VectorKernels.Dot(float*, float*, int)"/>: 16 lanes to 8, to 4, to 2, to 1, lane i with the one half a width
/// later.
/// </remarks>
internal unsafe interface ISixteen<TSelf>
    where TSelf : unmanaged, ISixteen<TSelf>
{
    /// <summary>True if the numbers fill one of thirty-two registers, so that a kernel can hold many.</summary>
    static abstract bool IsOneVector { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Reads sixteen numbers.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>Writes sixteen numbers.</summary>
    void Store(float* to);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The sums over the lanes of a, b, c and d, each in a quarter: four lanes of the result.</summary>
    static abstract TSelf SumEach(TSelf a, TSelf b, TSelf c, TSelf d);

    /// <summary>Reads four numbers, each into a quarter.</summary>
    static abstract TSelf LoadQuarters(float* from);

    /// <summary>One quarter in all lanes.</summary>
    static abstract TSelf Spread(TSelf quarters, int which);

    /// <summary>The sum over the lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The sum of two.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The quotient.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);
}
