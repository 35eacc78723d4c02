using Kindred.Numerics;

namespace Kindred.Scoring;

/// <summary>Scorers that score a tile together; their linear parts are one matrix product.</summary>
/// <remarks>A score has the same bits as from <see cref="IUserScorer.Score"/>. Safe for concurrent use.</remarks>
internal sealed class ScorerBlock
{
    /// <summary>Scorers of a block: their scores of a tile and their linear parts stay in second-level cache beside the tile.</summary>
    public const int Size = 64;

    private readonly IUserScorer[] _scorers;

    // The scorers that begin with a linear part, and those parts: [starts × inputs] row-major.
    private readonly int[] _starts;
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly int _inputs;

    private ScorerBlock(IUserScorer[] scorers)
    {
        _scorers = scorers;
        var first = scorers.OfType<ILinearStart>().FirstOrDefault();
        _inputs = first is null ? 0 : first.Weights.Length;

        // Scorers of another dimension run alone and throw their own error.
        _starts = [.. Enumerable.Range(0, scorers.Length).Where(i => scorers[i] is ILinearStart start && start.Weights.Length == _inputs)];
        _weights = new float[_starts.Length * _inputs];
        _biases = new float[_starts.Length];
        for (var i = 0; i < _starts.Length; i++)
        {
            var start = (ILinearStart)scorers[_starts[i]];
            start.Weights.CopyTo(_weights.AsSpan(i * _inputs));
            _biases[i] = start.Bias;
        }
    }

    /// <summary>Number of scorers.</summary>
    public int Count => _scorers.Length;

    /// <summary>Divides scorers into blocks, in their order.</summary>
    public static ScorerBlock[] Of(IReadOnlyList<IUserScorer> scorers) => [.. scorers.Chunk(Size).Select(chunk => new ScorerBlock(chunk))];

    /// <summary>Scores a tile's users.</summary>
    /// <param name="users">The users.</param>
    /// <param name="scores">[<see cref="Count"/>][<see cref="UserTile.Capacity"/>] receives the scores.</param>
    public void Score(UserTile users, Span<float> scores)
    {
        if (_starts.Length > 0 && _inputs == users.Inputs)
        {
            // The linear parts are computed contiguously, then moved to the places of their scorers' scores, the last first, so that none
            // is overwritten before it is moved.
            for (var p = 0; p < users.LaneGroups; p++)
            {
                UserLaneKernels.Linear(users.LaneGroup(p), _weights, _biases, scores[(p * UserTile.LaneCount)..], UserTile.Capacity);
            }

            for (var i = _starts.Length - 1; i >= 0; i--)
            {
                if (_starts[i] != i) Of(scores, i).CopyTo(Of(scores, _starts[i]));
            }
        }

        var next = 0;
        for (var s = 0; s < _scorers.Length; s++)
        {
            var begun = next < _starts.Length && _starts[next] == s;
            if (begun) next++;
            if (begun && _inputs == users.Inputs) ((ILinearStart)_scorers[s]).Finish(users, Of(scores, s));
            else _scorers[s].Score(users, Of(scores, s));
        }
    }

    /// <summary>The scores of one scorer.</summary>
    public static Span<float> Of(Span<float> scores, int scorer) => scores.Slice(scorer * UserTile.Capacity, UserTile.Capacity);
}
