using System.Text;

namespace Kindred.Experiments.Assignment;

/// <summary>Assigns units to the arms of an experiment, by nothing but their ids.</summary>
/// <remarks>
/// Nothing is stored and nothing is random: an id has the same arm in every process and language (docs/reference/assignment.md has the
/// algorithm with test vectors). A unit is in arm a if ⌊h·W / 2⁶⁴⌋ is within a's range of the cumulative weights, where h is the hash of
/// its id and W the sum of the weights: integers only, so that planned shares are met to one hash in 2⁶⁴. Immutable and safe for concurrent
/// use.
/// </remarks>
public sealed class UnitAssignment
{
    private readonly ulong[] _ends;
    private readonly ulong _armSeed;
    private readonly ulong _layerSeed;
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>>? _excluded;

    /// <summary>Creates an assignment.</summary>
    /// <param name="salt">The text that makes the experiment's hash unique, such as its name: 1 to 128 bytes in UTF-8.</param>
    /// <param name="arms">At least two arms. Keep their order: moving an arm moves its units.</param>
    /// <param name="layer">The part of a layer that the experiment uses; null for all units.</param>
    /// <param name="excluded">Ids of units that are not in the experiment.</param>
    /// <exception cref="KindredException">A salt, a name, a weight or a range is not allowed, or two arms have the same name.</exception>
    public UnitAssignment(string salt, IReadOnlyList<AssignmentArm> arms, AssignmentLayer? layer = null,
        IEnumerable<string>? excluded = null)
    {
        AssignmentRules.Check(salt, arms, layer);
        (Salt, Arms, Layer) = (salt, [.. arms], layer);
        _armSeed = AssignmentHash.SeedOfArms(salt);
        if (layer is not null) _layerSeed = AssignmentHash.SeedOfLayer(layer.Salt);
        _ends = new ulong[arms.Count];
        for (var arm = 0; arm < _ends.Length; arm++) _ends[arm] = (arm > 0 ? _ends[arm - 1] : 0) + (ulong)arms[arm].Weight;
        if (excluded is null) return;
        var ids = new HashSet<byte[]>(excluded.Select(Encoding.UTF8.GetBytes), UnitIdComparer.Instance);
        ExcludedUnits = ids.Count;
        if (ids.Count > 0) _excluded = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The text that makes the experiment's hash unique.</summary>
    public string Salt { get; }

    /// <summary>The arms.</summary>
    public IReadOnlyList<AssignmentArm> Arms { get; }

    /// <summary>The part of a layer that the experiment uses; null for all units.</summary>
    public AssignmentLayer? Layer { get; }

    /// <summary>The number of excluded ids.</summary>
    public int ExcludedUnits { get; }

    /// <summary>Finds the arm of a unit.</summary>
    /// <param name="unitId">The UTF-8 bytes of the id, hashed as they are.</param>
    /// <returns>Its place in <see cref="Arms"/>, or −1 if the unit is not in the experiment.</returns>
    public int Arm(ReadOnlySpan<byte> unitId)
    {
        if (Layer is not null && !IsInLayer(AssignmentHash.Of(unitId, _layerSeed))) return -1;
        if (_excluded is { } excluded && excluded.Contains(unitId)) return -1;
        return ArmOfHash(AssignmentHash.Of(unitId, _armSeed));
    }

    /// <summary>Finds the name of the arm of a unit; null if the unit is not in the experiment.</summary>
    public string? ArmOf(string unitId)
    {
        var arm = Arm(Encoding.UTF8.GetBytes(unitId));
        return arm < 0 ? null : Arms[arm].Name;
    }

    /// <summary>Tells whether a unit with this hash in the layer is in the range of buckets.</summary>
    internal bool IsInLayer(ulong hash) =>
        (long)AssignmentHash.Slot(hash, AssignmentLayer.Buckets) is var bucket && bucket >= Layer!.From && bucket < Layer.To;

    /// <summary>Finds the arm of a unit of the experiment by its hash.</summary>
    internal int ArmOfHash(ulong hash)
    {
        var slot = AssignmentHash.Slot(hash, _ends[^1]);
        var arm = 0;
        while (slot >= _ends[arm]) arm++;
        return arm;
    }
}
