namespace Kindred.Scoring;

/// <summary>All that a scorer is made of, so that it can be kept and made again with the same bits.</summary>
/// <param name="Kind">Which scorer it is.</param>
public sealed record ScorerParameters(string Kind)
{
    /// <summary>Its settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<ScorerTensor> Tensors { get; init; } = [];

    /// <summary>The scorers that it is made of.</summary>
    public IReadOnlyList<ScorerParameters> Parts { get; init; } = [];

    /// <summary>The numbers of one tensor; empty if there is none of this name.</summary>
    public float[] Values(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name)?.Values ?? [];

    /// <summary>A setting that must be there.</summary>
    /// <exception cref="KindredException">It is not.</exception>
    public string Setting(string name) => Settings.TryGetValue(name, out var value)
        ? value
        : throw new KindredException(ErrorKind.Corrupt, $"A scorer of kind '{Kind}' lacks its setting '{name}'. Train the models again with `kindred train`.");
}

/// <summary>Named numbers of a scorer.</summary>
/// <param name="Name">Distinct within a scorer.</param>
/// <param name="Shape">Lengths of the axes; their product is the number of values.</param>
/// <param name="Values">Row-major.</param>
public sealed record ScorerTensor(string Name, IReadOnlyList<long> Shape, float[] Values);

/// <summary>A scorer that can be kept.</summary>
public interface IStoredScorer : IUserScorer
{
    /// <summary>What it is made of.</summary>
    ScorerParameters Parameters { get; }
}
