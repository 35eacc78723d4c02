using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

internal readonly unsafe partial struct GatheredRows
{
    /// <summary><see cref="Add"/> for rows of 64 numbers: four rows of four vectors, x and y are all in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add64<T>(float* y, float* x, bool fitOnes)
        where T : unmanaged, ISixteen<T>
    {
        T x0 = T.Load(x), x1 = T.Load(x + 16), x2 = T.Load(x + 32), x3 = T.Load(x + 48);
        T y0 = T.Load(y), y1 = T.Load(y + 16), y2 = T.Load(y + 32), y3 = T.Load(y + 48);
        for (var i = 0; i < count; i += 4)
        {
            float* v0 = rows[i], v1 = rows[i + 1], v2 = rows[i + 2], v3 = rows[i + 3];
            T v00 = T.Load(v0), v01 = T.Load(v0 + 16), v02 = T.Load(v0 + 32), v03 = T.Load(v0 + 48);
            T v10 = T.Load(v1), v11 = T.Load(v1 + 16), v12 = T.Load(v1 + 32), v13 = T.Load(v1 + 48);
            T v20 = T.Load(v2), v21 = T.Load(v2 + 16), v22 = T.Load(v2 + 32), v23 = T.Load(v2 + 48);
            T v30 = T.Load(v3), v31 = T.Load(v3 + 16), v32 = T.Load(v3 + 32), v33 = T.Load(v3 + 48);
            T s0 = default, s1 = default, s2 = default, s3 = default;
            s0 = T.FusedMultiplyAdd(v00, x0, s0);
            s1 = T.FusedMultiplyAdd(v10, x0, s1);
            s2 = T.FusedMultiplyAdd(v20, x0, s2);
            s3 = T.FusedMultiplyAdd(v30, x0, s3);
            s0 = T.FusedMultiplyAdd(v01, x1, s0);
            s1 = T.FusedMultiplyAdd(v11, x1, s1);
            s2 = T.FusedMultiplyAdd(v21, x1, s2);
            s3 = T.FusedMultiplyAdd(v31, x1, s3);
            s0 = T.FusedMultiplyAdd(v02, x2, s0);
            s1 = T.FusedMultiplyAdd(v12, x2, s1);
            s2 = T.FusedMultiplyAdd(v22, x2, s2);
            s3 = T.FusedMultiplyAdd(v32, x2, s3);
            s0 = T.FusedMultiplyAdd(v03, x3, s0);
            s1 = T.FusedMultiplyAdd(v13, x3, s1);
            s2 = T.FusedMultiplyAdd(v23, x3, s2);
            s3 = T.FusedMultiplyAdd(v33, x3, s3);

            var factors = Factors(i, T.SumEach(s0, s1, s2, s3), fitOnes);
            T f0 = T.Spread(factors, 0), f1 = T.Spread(factors, 1), f2 = T.Spread(factors, 2), f3 = T.Spread(factors, 3);
            y0 = T.FusedMultiplyAdd(f0, v00, y0);
            y1 = T.FusedMultiplyAdd(f0, v01, y1);
            y2 = T.FusedMultiplyAdd(f0, v02, y2);
            y3 = T.FusedMultiplyAdd(f0, v03, y3);
            y0 = T.FusedMultiplyAdd(f1, v10, y0);
            y1 = T.FusedMultiplyAdd(f1, v11, y1);
            y2 = T.FusedMultiplyAdd(f1, v12, y2);
            y3 = T.FusedMultiplyAdd(f1, v13, y3);
            y0 = T.FusedMultiplyAdd(f2, v20, y0);
            y1 = T.FusedMultiplyAdd(f2, v21, y1);
            y2 = T.FusedMultiplyAdd(f2, v22, y2);
            y3 = T.FusedMultiplyAdd(f2, v23, y3);
            y0 = T.FusedMultiplyAdd(f3, v30, y0);
            y1 = T.FusedMultiplyAdd(f3, v31, y1);
            y2 = T.FusedMultiplyAdd(f3, v32, y2);
            y3 = T.FusedMultiplyAdd(f3, v33, y3);
        }

        y0.Store(y);
        y1.Store(y + 16);
        y2.Store(y + 32);
        y3.Store(y + 48);
    }
}
