namespace Kindred.Scoring;

/// <summary>The parameters of a scorer, so that it can be stored and rebuilt with the same bits.</summary>
/// <param name="Kind">The kind of scorer.</param>
public sealed record ScorerParameters(string Kind)
{
    /// <summary>Its settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<ScorerTensor> Tensors { get; init; } = [];

    /// <summary>The scorers that it combines.</summary>
    public IReadOnlyList<ScorerParameters> Parts { get; init; } = [];

    /// <summary>The numbers of one tensor; empty if there is none of this name.</summary>
    public float[] Values(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name)?.Values ?? [];

    /// <summary>A required setting.</summary>
    /// <exception cref="KindredException">The setting is missing.</exception>
    public string Setting(string name) => Settings.TryGetValue(name, out var value)
        ? value
        : throw new KindredException(ErrorKind.Corrupt, "scorer_setting_missing",
            $"A scorer of kind '{Kind}' lacks its setting '{name}'.", "Train the models again.")
        {
            Values = new Dictionary<string, object?> { ["kind"] = Kind, ["setting"] = name },
        };
}

/// <summary>Named numbers of a scorer.</summary>
/// <param name="Name">Distinct within a scorer.</param>
/// <param name="Shape">Lengths of the axes; their product is the number of values.</param>
/// <param name="Values">Row-major.</param>
public sealed record ScorerTensor(string Name, IReadOnlyList<long> Shape, float[] Values);

/// <summary>A scorer that can be stored.</summary>
public interface IStoredScorer : IUserScorer
{
    /// <summary>The parameters.</summary>
    ScorerParameters Parameters { get; }
}
