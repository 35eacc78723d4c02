namespace Kindred.Pipeline.Planning;

/// <summary>A task on some units.</summary>
/// <param name="Output">The name of its output.</param>
/// <param name="Units">The indexes in <see cref="RunPlan.Units"/>, ascending.</param>
internal sealed record UnitTask(string Output, IReadOnlyList<int> Units)
{
    /// <summary>The hash in its output's name.</summary>
    public string Hash => Output[(Output.LastIndexOf('-') + 1)..];
}
