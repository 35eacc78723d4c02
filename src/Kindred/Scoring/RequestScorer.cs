using System.Buffers;
using System.Runtime.CompilerServices;
using Kindred.Numerics;

namespace Kindred.Scoring;

/// <summary>Scores one user for many seed lists: what an ad server asks while a request waits.</summary>
/// <remarks>
/// A score has the bits that a scan of the population gives that user, so that it may be held against a threshold of an audience.
/// Asking allocates nothing. May be used by many threads at once.
/// </remarks>
public sealed unsafe class RequestScorer : IDisposable
{
    private readonly ILinearStart[] _scorers;
    private readonly AlignedMatrix _weights;
    private readonly float[] _biases;
    private readonly int _inputs;

    /// <summary>Makes models ready to be asked about single users.</summary>
    /// <param name="scorers">At least one, all of one dimension, none of which reads more than the embedding and the activity.</param>
    /// <exception cref="KindredException">One of them reads more, or is of another dimension.</exception>
    public RequestScorer(IReadOnlyList<IUserScorer> scorers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scorers.Count);
        _scorers = [.. scorers.Select((scorer, i) => scorer as ILinearStart ?? throw new KindredException(ErrorKind.BadInput,
            $"Model {i} (counted from 0) cannot be asked about a single user: it is no linear model or network on embeddings. " +
            "Use `kindred train --method mlp` or `linear` for membership at request time."))];
        _inputs = _scorers[0].Weights.Length;
        _weights = new AlignedMatrix(_scorers.Length, _inputs);
        _biases = new float[_scorers.Length];
        for (var i = 0; i < _scorers.Length; i++)
        {
            if (_scorers[i].Weights.Length != _inputs)
            {
                throw new KindredException(ErrorKind.BadInput,
                    $"Model {i} (counted from 0) is of dimension {_scorers[i].Weights.Length - 1}, those before it of {_inputs - 1}. Train them on one population.");
            }

            _scorers[i].Weights.CopyTo(_weights.Row(i));
            _biases[i] = _scorers[i].Bias;
        }
    }

    /// <summary>Models that may be asked.</summary>
    public int Count => _scorers.Length;

    /// <summary>Length of an embedding.</summary>
    public int Dimension => _inputs - 1;

    /// <summary>Scores a user.</summary>
    /// <param name="embedding">[dimension] as stored in the population, or as folded in.</param>
    /// <param name="activity">log1p of his interactions, as stored; 0 where the population knows none.</param>
    /// <param name="candidates">Which models to ask, counted from 0.</param>
    /// <param name="scores">[candidates] where to write.</param>
    [SkipLocalsInit]
    public void Score(ReadOnlySpan<float> embedding, float activity, ReadOnlySpan<int> candidates, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedding.Length, Dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, candidates.Length);
        var rented = ArrayPool<float>.Shared.Rent(_inputs + RowDots.Scratch(_inputs));
        var user = rented.AsSpan(0, _inputs);
        UserPanel.HalfNormalize(embedding, user);
        user[^1] = activity;

        Span<nint> rows = stackalloc nint[UserTile.PanelUsers];
        for (var first = 0; first < candidates.Length; first += rows.Length)
        {
            var some = candidates.Slice(first, Math.Min(rows.Length, candidates.Length - first));
            var sums = scores.Slice(first, some.Length);
            for (var i = 0; i < some.Length; i++)
            {
                sums[i] = _biases[some[i]];
                rows[i] = (nint)(_weights.Pointer + (long)some[i] * _inputs);
            }

            RowDots.Add(user, rows[..some.Length], sums, rented.AsSpan(_inputs));
            for (var i = 0; i < some.Length; i++) sums[i] = _scorers[some[i]].Finish(user, sums[i]);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}
