using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;

namespace Kindred.App.DailyRuns;

/// <summary>Describes a published version: its audiences, and what has changed since the version before.</summary>
public static class DescribeVersion
{
    /// <summary>Reads the version and compares it with the one before.</summary>
    /// <param name="request">The store, the version and the lists.</param>
    /// <exception cref="KindredException">There is no such version or list, or one of the two versions is damaged.</exception>
    public static DescribedVersion Run(DescribeVersionRequest request)
    {
        var store = RunStore.Open(request.Store);
        var version = store.Read(() => RunVersion.Read(store, request.Version));
        UnitResult[] units = [.. version.Units.Where(unit => IsOf(request, unit.List, unit.Owner))];
        if (units.Length == 0) throw NoList(request);
        var (comparison, change) = Compare(store, version, request);
        return new DescribedVersion(version with { Units = units }, request.Owner, comparison, change);
    }

    private static (VersionComparison, VersionDifference?) Compare(RunStore store, RunVersion version, DescribeVersionRequest request)
    {
        if (version.Previous is not { } previous) return (VersionComparison.FirstVersion, null);
        if (!store.Versions().Contains(previous)) return (VersionComparison.PreviousNotKept, null);
        try
        {
            var change = VersionDifference.Of(store, previous, version.Number);
            return (VersionComparison.Done, Only(request.List, request.Owner is { } owner ? change.OfOwner(owner) : change));
        }
        catch (KindredException error) when (error.Code == "version_without_index")
        {
            return (VersionComparison.WithoutIndex, null);
        }
        catch (KindredException error) when (error.Code == "owner_without_audience")
        {
            return (VersionComparison.NoAudience, null);
        }
    }

    private static VersionDifference Only(string? list, VersionDifference change) => list is null ? change : change with
    {
        Audiences = [.. change.Audiences.Where(audience => audience.List == list)],
        Attention = [.. change.Attention.Where(attention => attention.List == list)],
    };

    private static bool IsOf(DescribeVersionRequest request, string list, string owner) =>
        (request.List is null || list == request.List) && (request.Owner is null || owner == request.Owner);

    private static KindredException NoList(DescribeVersionRequest request)
    {
        var named = $"{(request.List is null ? "" : $" '{request.List}'")}{(request.Owner is null ? "" : $" of owner '{request.Owner}'")}";
        return new KindredException(ErrorKind.BadInput, "seed_list_unknown",
            $"Version {RunStore.Name(request.Version)} has no seed list{named}.", "Name another list or owner, or show all lists.");
    }
}
