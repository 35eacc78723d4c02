using Kindred.Audiences;

namespace Kindred.Data.Memberships;

/// <summary>Finds the published audiences that are sizes of one target.</summary>
internal static class TargetSizes
{
    /// <summary>For each audience, the successor of the last size of its target.</summary>
    /// <exception cref="KindredException">Sizes of one target are not beside each other, or do not ascend.</exception>
    public static int[] EndsOf(IReadOnlyList<PublishedAudience> audiences)
    {
        var ends = new int[audiences.Count];
        var targets = new HashSet<(string, string?)>();
        for (var first = 0; first < ends.Length;)
        {
            var end = first + 1;
            for (; end < ends.Length && TargetOf(audiences[end]) == TargetOf(audiences[first]); end++)
            {
                if (audiences[end].Users < audiences[end - 1].Users)
                {
                    throw OutOfOrder(audiences[end], end, "is smaller than the one before");
                }
            }

            if (!targets.Add(TargetOf(audiences[first]))) throw OutOfOrder(audiences[first], first, "is not beside its other sizes");
            ends.AsSpan(first..end).Fill(end);
            first = end;
        }

        return ends;
    }

    private static (string, string?) TargetOf(PublishedAudience audience) => (audience.SeedListId, audience.Country);

    private static KindredException OutOfOrder(PublishedAudience audience, int number, string problem) =>
        new(ErrorKind.BadInput, "sizes_out_of_order",
        $"Audience {number} (counted from 0), size {audience.Size} of seed list '{audience.SeedListId}' " +
        $"in {audience.Country ?? "all countries"}, {problem}.",
        "Publish the sizes of one seed list and country one after the other, ascending.")
        {
            Values = new Dictionary<string, object?> { ["seed_list"] = audience.SeedListId, ["country"] = audience.Country },
        };
}
