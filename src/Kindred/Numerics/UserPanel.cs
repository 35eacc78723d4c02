using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Turns rows of numbers into panels of 24 users, one user a vector lane.</summary>
internal static unsafe class UserPanel
{
    /// <summary>Users side by side.</summary>
    public const int Users = UserLaneKernels.Lanes;

    /// <summary>Transposes users' rows into a panel; lanes without a user become zeros.</summary>
    /// <param name="rows">[users × length] row-major, at most 24 users.</param>
    /// <param name="length">Numbers a user.</param>
    /// <param name="panel">[length][24].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ReadOnlySpan<float> rows, int length, Span<float> panel)
    {
        var users = rows.Length / length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(users, Users);
        ArgumentOutOfRangeException.ThrowIfNotEqual(panel.Length, length * Users);
        if (users < Users) panel.Clear();
        fixed (float* from = rows, to = panel)
        {
            // Eight numbers of each user at a time, so that both sides stay within a few cache lines.
            var k = 0;
            for (; k <= length - 8; k += 8)
            {
                for (var u = 0; u < users; u++)
                {
                    float* x = from + (long)u * length + k, y = to + k * Users + u;
                    y[0] = x[0];
                    y[Users] = x[1];
                    y[2 * Users] = x[2];
                    y[3 * Users] = x[3];
                    y[4 * Users] = x[4];
                    y[5 * Users] = x[5];
                    y[6 * Users] = x[6];
                    y[7 * Users] = x[7];
                }
            }

            for (; k < length; k++)
            {
                for (var u = 0; u < users; u++) to[k * Users + u] = from[(long)u * length + k];
            }
        }
    }

    /// <summary>Multiplies each user's numbers with |x|^(−½); a user of zeros stays zeros.</summary>
    /// <param name="panel">[length][24].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void HalfNormalize(Span<float> panel)
    {
        fixed (float* p = panel)
        {
            var end = p + panel.Length;
            for (var lane = 0; lane < Users; lane += 8)
            {
                var squares = Vector256<float>.Zero;
                for (var at = p + lane; at < end; at += Users)
                {
                    var value = Vector256.Load(at);
                    squares = Vector256.FusedMultiplyAdd(value, value, squares);
                }

                var factor = Vector256<float>.One / Vector256.Sqrt(Vector256.Sqrt(squares));
                factor = Vector256.ConditionalSelect(Vector256.GreaterThan(squares, Vector256<float>.Zero), factor, Vector256<float>.Zero);
                for (var at = p + lane; at < end; at += Users) (Vector256.Load(at) * factor).Store(at);
            }
        }
    }

    /// <summary>The Euclidean length of each user's numbers.</summary>
    /// <param name="panel">[length][24].</param>
    /// <param name="lengths">[24].</param>
    public static void Lengths(ReadOnlySpan<float> panel, Span<float> lengths)
    {
        lengths[..Users].Clear();
        for (var at = 0; at < panel.Length; at += Users)
        {
            for (var u = 0; u < Users; u++) lengths[u] = MathF.FusedMultiplyAdd(panel[at + u], panel[at + u], lengths[u]);
        }

        for (var u = 0; u < Users; u++) lengths[u] = MathF.Sqrt(lengths[u]);
    }

    /// <summary>The scalar twin of <see cref="HalfNormalize(Span{float})"/> for one user.</summary>
    /// <param name="row">The user's numbers.</param>
    /// <param name="result">Where to write as many.</param>
    public static void HalfNormalize(ReadOnlySpan<float> row, Span<float> result)
    {
        var squares = 0f;
        foreach (var value in row) squares = MathF.FusedMultiplyAdd(value, value, squares);
        var factor = squares > 0 ? 1 / MathF.Sqrt(MathF.Sqrt(squares)) : 0;
        for (var k = 0; k < row.Length; k++) result[k] = row[k] * factor;
    }
}
