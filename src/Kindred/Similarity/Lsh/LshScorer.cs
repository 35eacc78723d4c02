using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Lsh;

/// <summary>Scores a user by the mean value of their regions, one per table.</summary>
public sealed class LshScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "lsh";

    private readonly Hyperplanes _planes;
    private readonly float[] _values;

    /// <param name="planes">The hyperplanes between the regions.</param>
    /// <param name="values">[tables × regions] the value of each region.</param>
    internal LshScorer(Hyperplanes planes, float[] values)
    {
        _planes = planes;
        _values = values;
    }

    /// <summary>The hyperplanes between the regions.</summary>
    internal Hyperplanes Planes => _planes;

    /// <summary>[tables × regions] the value of each region.</summary>
    public IReadOnlyList<float> Values => _values;

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding | UserInputs.Activity;

    /// <summary>Multiply-adds to find one user's regions, and a look-up for each region; lists that share hyperplanes find the regions
    /// once.</summary>
    public double CostPerPair => _planes.Tables * (_planes.Settings.Bits * (_planes.Settings.Dimension + 1.0) + 1);

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Settings = _planes.Settings.ToText(),
        Tensors = [new("values", [_planes.Tables, _planes.Regions], _values)],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = ScorerFormat.Of(Kind, From);

    private static LshScorer From(ScorerParameters parameters)
    {
        var (settings, values) = (HyperplaneSettings.From(parameters), parameters.Values("values"));
        if (settings is { Tables: > 0, Bits: > 0 and <= 16, Dimension: > 0, ActivityDeviation: > 0 }
            && values.Length == (long)settings.Tables << settings.Bits)
        {
            return new LshScorer(Hyperplanes.Shared(settings), values);
        }

        throw new KindredException(ErrorKind.Corrupt, "model_damaged",
            $"A scorer of kind '{Kind}' has {values.Length:N0} values " +
            $"for {settings.Tables:N0} tables of {settings.Bits} bits: the model is damaged.",
            "Train the models again.");
    }

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(_planes.Settings.Dimension);
        var regions = _planes.RegionsOf(users);
        scores[..users.Count].Clear();
        for (var table = 0; table < _planes.Tables; table++)
        {
            var of = regions.Slice(table * UserTile.Capacity, users.Count);
            var worth = _values.AsSpan(table * _planes.Regions, _planes.Regions);
            for (var u = 0; u < of.Length; u++) scores[u] += worth[of[u]];
        }

        foreach (ref var score in scores[..users.Count]) score /= _planes.Tables;
    }
}
