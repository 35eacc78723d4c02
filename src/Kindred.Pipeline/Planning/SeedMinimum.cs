namespace Kindred.Pipeline.Planning;

/// <summary>Rejects lists with too few seeds in the population.</summary>
internal static class SeedMinimum
{
    /// <summary>The reason why a list cannot be trained on; null if it has enough seeds.</summary>
    /// <param name="minimum">The minimum number of seeds.</param>
    /// <param name="given">The number of users in the list.</param>
    /// <param name="matched">The number of those in the population.</param>
    /// <param name="seeds">The number of those in the training country.</param>
    /// <param name="country">The training country; null for all countries.</param>
    public static string? Problem(int minimum, int given, int matched, int seeds, string? country)
    {
        if (seeds >= minimum) return null;
        var where = country is null ? "in the population" : FormattableString.Invariant($"in the population and {seeds:N0} in {country}");
        return FormattableString.Invariant($"{given:N0} users, of which {matched:N0} are {where}; at least {minimum:N0} are needed. ") +
            (matched < given / 2
                ? "Check that its ids are written as the population's user_id, or give it more users."
                : "Give it more users, or lower 'minimum_seeds'.");
    }
}
