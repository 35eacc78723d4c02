using System.Buffers;
using System.Runtime.CompilerServices;
using Kindred.Numerics;

namespace Kindred.Scoring;

/// <summary>Scores one user for many seed lists: the look-up of an ad server while a request waits.</summary>
/// <remarks>
/// A score has the same bits as in a scan of the population, so it can be compared with an audience's threshold.
/// Scoring allocates nothing. Safe for concurrent use.
/// </remarks>
public sealed unsafe class RequestScorer : IDisposable
{
    private readonly ILinearStart[] _scorers;
    private readonly AlignedMatrix _weights;
    private readonly float[] _biases;
    private readonly int _inputs;

    /// <summary>Prepares models for scoring single users.</summary>
    /// <param name="scorers">At least one scorer. All have the same dimension and read only the embedding and the activity.</param>
    /// <exception cref="KindredException">One of them reads more, or has another dimension.</exception>
    public RequestScorer(IReadOnlyList<IUserScorer> scorers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scorers.Count);
        _scorers = [.. scorers.Select((scorer, i) => scorer as ILinearStart ?? throw NotForRequests(i))];
        _inputs = _scorers[0].Weights.Length;
        _weights = new AlignedMatrix(_scorers.Length, _inputs);
        _biases = new float[_scorers.Length];
        for (var i = 0; i < _scorers.Length; i++)
        {
            if (_scorers[i].Weights.Length != _inputs)
            {
                throw new KindredException(ErrorKind.BadInput, "models_of_different_dimensions",
                    $"Model {i} (counted from 0) has dimension {_scorers[i].Weights.Length - 1}; the models before it have {_inputs - 1}.",
                    "Train them on one population.")
                {
                    Values = new Dictionary<string, object?>
                    {
                        ["model"] = i,
                        ["dimension"] = _scorers[i].Weights.Length - 1,
                        ["others"] = _inputs - 1,
                    },
                };
            }

            _scorers[i].Weights.CopyTo(_weights.Row(i));
            _biases[i] = _scorers[i].Bias;
        }
    }

    /// <summary>The number of models.</summary>
    public int Count => _scorers.Length;

    /// <summary>Length of an embedding.</summary>
    public int Dimension => _inputs - 1;

    /// <summary>Scores a user.</summary>
    /// <param name="embedding">[dimension] as stored in the population, or as folded in.</param>
    /// <param name="activity">log1p of the number of the user's items, as stored; 0 where the population has no activity.</param>
    /// <param name="candidates">The models to score with, counted from 0.</param>
    /// <param name="scores">[candidates] receives the scores.</param>
    [SkipLocalsInit]
    public void Score(ReadOnlySpan<float> embedding, float activity, ReadOnlySpan<int> candidates, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedding.Length, Dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, candidates.Length);
        var rented = ArrayPool<float>.Shared.Rent(_inputs + RowDots.Scratch(_inputs));
        var user = rented.AsSpan(0, _inputs);
        UserLanes.HalfNormalize(embedding, user);
        user[^1] = activity;

        Span<nint> rows = stackalloc nint[UserTile.LaneCount];
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

    private static KindredException NotForRequests(int model) => new(ErrorKind.BadInput, "model_not_for_requests",
        $"Model {model} (counted from 0) cannot score a single user: it is neither a linear model nor a network on embeddings.",
        "Train with the method mlp or linear for membership at request time.")
    {
        Values = new Dictionary<string, object?> { ["model"] = model },
    };
}
