using System.IO.Hashing;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Kindred.Data.Tables;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Imports;

/// <summary>Imported embeddings of the users of a population.</summary>
/// <param name="vectors">The vectors in the order of their file.</param>
/// <param name="ids">The users.</param>
/// <param name="rows">[users] the row of each user's vector.</param>
/// <param name="threads">Worker threads; the result does not depend on it.</param>
public sealed class ImportedEmbeddings(VectorFile vectors, IdList ids, int[] rows, int threads) : IUserEmbeddings
{
    private const int Block = 1 << 12;

    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public int Dimension => vectors.Dimension;

    /// <inheritdoc/>
    public AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default)
    {
        var some = new AlignedMatrix(users.Count, Dimension);
        ForBlocks(users.Count, (from, to) =>
        {
            for (var i = from; i < to; i++) vectors.Read(rows[users[(int)i]], some.Row(i));
        }, null, cancellation);
        return some;
    }

    /// <summary>Reads all vectors once, in the order of the file: they must be finite.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="progress">Receives the finished share, 0 to 1, from several threads.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>A hash of the embeddings and their users: the sum of one hash per user, which does not depend on their order.</returns>
    /// <exception cref="KindredException">A number is NaN, infinite or beyond float32.</exception>
    public UInt128 Check(string file, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var userOf = new int[vectors.Count];
        Array.Fill(userOf, -1);
        for (var user = 0; user < rows.Length; user++) userOf[rows[user]] = user;
        var (gate, sum, bad) = (new Lock(), UInt128.Zero, long.MaxValue);
        ForBlocks(vectors.Count, (from, to) =>
        {
            var bytes = new byte[IdList.MaxBytes + 1 + Dimension * sizeof(float)];
            var block = new float[(to - from) * Dimension];
            vectors.Read(from, block);
            var (part, wrong) = (UInt128.Zero, long.MaxValue);
            for (var row = from; row < to; row++)
            {
                if (userOf[row] < 0) continue;
                var vector = block.AsSpan((int)(row - from) * Dimension, Dimension);
                if (wrong == long.MaxValue && FirstBad(vector) >= 0) wrong = row;
                var id = ids[userOf[row]];
                id.CopyTo(bytes);
                bytes[id.Length] = 0;
                vector.CopyTo(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(id.Length + 1, Dimension * sizeof(float))));
                part += XxHash128.HashToUInt128(bytes.AsSpan(0, id.Length + 1 + Dimension * sizeof(float)));
            }

            lock (gate)
            {
                sum += part;
                bad = Math.Min(bad, wrong);
            }
        }, progress, cancellation);
        return bad == long.MaxValue ? sum : throw NotFinite(file, bad, ids[userOf[bad]]);
    }

    /// <summary>Does nothing: the caller that opened the vectors closes them.</summary>
    public void Dispose()
    {
    }

    private KindredException NotFinite(string file, long row, ReadOnlySpan<byte> user)
    {
        var vector = new float[Dimension];
        vectors.Read(row, vector);
        var (id, number) = (TableReader.Shorten(user), FirstBad(vector));
        return new KindredException(ErrorKind.BadInput, "embedding_not_finite",
            FormattableString.Invariant($"{file}, row {row:N0} (from 0), user {id}: ") +
            FormattableString.Invariant($"number {number:N0} (from 0) is NaN, infinite or beyond float32."),
            "Leave the user out, or replace the value: a division by zero or an overflow in training is the usual cause.")
        {
            Values = new Dictionary<string, object?> { ["file"] = file, ["row"] = row, ["number"] = number },
        };
    }

    private static int FirstBad(ReadOnlySpan<float> vector)
    {
        for (var k = 0; k < vector.Length; k++)
        {
            if (!float.IsFinite(vector[k])) return k;
        }

        return -1;
    }

    private void ForBlocks(long count, Action<long, long> work, Action<double>? progress, CancellationToken cancellation)
    {
        var done = 0L;
        var blocks = (count + Block - 1) / Block;
        try
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, block =>
            {
                work(block * Block, Math.Min(count, (block + 1) * Block));
                progress?.Invoke(Interlocked.Increment(ref done) / (double)blocks);
            });
        }
        catch (AggregateException errors) when (errors.InnerException is KindredException)
        {
            ExceptionDispatchInfo.Throw(errors.InnerException);
        }
    }
}
