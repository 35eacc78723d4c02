using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Some rows of matrices, each with a weight: V [count × length] and C = diag(weights).</summary>
/// <param name="rows">[count] the address of each row.</param>
/// <param name="weights">[count].</param>
/// <param name="count">A multiple of 4: rows of weight 0 fill up the last group.</param>
internal readonly unsafe partial struct GatheredRows(float** rows, float* weights, int count)
{
    /// <summary>y += VᵀC (1 − V x), the gradient of fitting ones, or y += VᵀC V x.</summary>
    /// <remarks>
    /// A few rows at a time are read for both products, while they are in registers or the nearest cache. Dot products go in the
    /// order of <see cref="VectorKernels.Dot(float*, float*, int)"/>; each number of y is one chain of fused multiply-adds in the
    /// order of the rows: the bits depend neither on the width nor on how many rows are read at a time.
    /// </remarks>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="y">[length] added to.</param>
    /// <param name="x">[length].</param>
    /// <param name="length">A multiple of 16.</param>
    /// <param name="fitOnes">True for the gradient of fitting ones.</param>
    public void Add<T>(float* y, float* x, int length, bool fitOnes)
        where T : unmanaged, ISixteen<T>
    {
        // Four such rows fit the registers. Longer ones are read twice, and reading dominates the time.
        if (T.IsOneVector && length == 64) Add64<T>(y, x, fitOnes);
        else AddAny<T>(y, x, length, fitOnes);
    }

    /// <summary><see cref="Add"/> for rows of any length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddAny<T>(float* y, float* x, int length, bool fitOnes)
        where T : unmanaged, ISixteen<T>
    {
        for (var i = 0; i < count; i += 4)
        {
            float* v0 = rows[i], v1 = rows[i + 1], v2 = rows[i + 2], v3 = rows[i + 3];
            T s0 = default, s1 = default, s2 = default, s3 = default;
            for (var k = 0; k < length; k += 16)
            {
                var at = T.Load(x + k);
                s0 = T.FusedMultiplyAdd(T.Load(v0 + k), at, s0);
                s1 = T.FusedMultiplyAdd(T.Load(v1 + k), at, s1);
                s2 = T.FusedMultiplyAdd(T.Load(v2 + k), at, s2);
                s3 = T.FusedMultiplyAdd(T.Load(v3 + k), at, s3);
            }

            var factors = Factors(i, T.SumEach(s0, s1, s2, s3), fitOnes);
            T f0 = T.Spread(factors, 0), f1 = T.Spread(factors, 1), f2 = T.Spread(factors, 2), f3 = T.Spread(factors, 3);
            for (var k = 0; k < length; k += 16)
            {
                var sum = T.FusedMultiplyAdd(f0, T.Load(v0 + k), T.Load(y + k));
                sum = T.FusedMultiplyAdd(f1, T.Load(v1 + k), sum);
                sum = T.FusedMultiplyAdd(f2, T.Load(v2 + k), sum);
                T.FusedMultiplyAdd(f3, T.Load(v3 + k), sum).Store(y + k);
            }
        }
    }

    /// <summary>Computes weight · (1 − dot) or weight · dot of four rows from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Factors<T>(int first, T dots, bool fitOnes)
        where T : unmanaged, ISixteen<T>
    {
        var four = T.LoadQuarters(weights + first);
        return four * (fitOnes ? T.Create(1) - dots : dots);
    }
}
