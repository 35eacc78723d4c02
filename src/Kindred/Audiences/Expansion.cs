using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The input of an expansion for one seed list.</summary>
/// <param name="SeedListId">The list.</param>
/// <param name="Scorer">Its model.</param>
/// <param name="Seeds">Its matched users, who are left out unless seeds are included.</param>
public sealed record ExpansionInput(string SeedListId, IUserScorer Scorer, IReadOnlyList<UserRow> Seeds);

/// <summary>Expands seed lists to audiences of exact sizes.</summary>
public static class Expansion
{
    /// <summary>Selects an audience for each seed list.</summary>
    /// <param name="population">The users.</param>
    /// <param name="inputs">The lists.</param>
    /// <param name="excluded">Users who must not be in any audience.</param>
    /// <param name="options">Sizes and target.</param>
    /// <param name="progress">Receives the completed share, 0 to 1; called from several threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>One audience per list, in the given order.</returns>
    /// <exception cref="AudienceTooLargeException">The size is larger than the number of users left.</exception>
    public static Audience[] Run(
        Population population, IReadOnlyList<ExpansionInput> inputs, IReadOnlyList<UserRow> excluded, ExpansionOptions options,
        Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (options.Sizes.Count == 0)
        {
            throw new KindredException(
                ErrorKind.Usage, "audience_size_missing", "No audience size is given.", "Give one or more, such as 1%.");
        }

        var country = population.CountryNumber(options.Country);
        var active = CountActive(population, country);
        var sizes = options.Sizes.DistinctBy(size => size.Of(active)).OrderBy(size => size.Of(active)).ToArray();
        var largest = sizes[^1].Of(active);
        var left = new long[inputs.Count];
        var forAll = UserSet.Of(population, excluded);
        var withoutExcluded = active - forAll.CountCandidates(population, country);
        var requests = new AudienceRequest[inputs.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            var seeds = UserSet.Of(population, options.IncludeSeeds ? [] : inputs[i].Seeds.Where(seed => !forAll.Contains(seed)));
            left[i] = withoutExcluded - seeds.CountCandidates(population, country);
            if (largest > left[i]) throw new AudienceTooLargeException(inputs[i].SeedListId, sizes[^1], largest, active, left[i], options);
            requests[i] = new AudienceRequest(inputs[i].Scorer, checked((int)largest), [forAll, seeds]);
        }

        var pairs = (double)active * inputs.Count;
        var done = 0L;
        var members = AudienceSelection.Select(population, country, requests, options.Threads,
            count => progress?.Invoke(Math.Min(1, Interlocked.Add(ref done, count) / pairs)), cancellation);
        return [.. inputs.Select((input, i) => new Audience(
            input.SeedListId, members[i], [.. sizes.Select(size => Threshold(population, members[i], size, active))], left[i]))];
    }

    /// <summary>Active users of a country, or of the whole population.</summary>
    public static long CountActive(Population population, int? country)
    {
        var count = 0L;
        foreach (var shard in population.Shards)
        {
            var (first, end) = shard.RowsOf(country);
            foreach (var flag in shard.Active.Span[first..end]) count += flag;
        }

        return count;
    }

    private static AudienceThreshold Threshold(Population population, RankedUser[] members, AudienceSize size, long active)
    {
        var users = (int)size.Of(active);
        var last = members[users - 1];
        var shard = population.Shards[last.User.Shard];
        return new AudienceThreshold(size, users, last.Score, shard.UserIds.GetString(last.User.Row));
    }
}

/// <summary>The requested audience is larger than the number of users who may be in it.</summary>
public sealed class AudienceTooLargeException : KindredException
{
    /// <summary>Creates the error.</summary>
    /// <param name="seedList">The seed list.</param>
    /// <param name="size">The requested size.</param>
    /// <param name="asked">That size as a number of users.</param>
    /// <param name="active">Active users of the target population.</param>
    /// <param name="left">Those of them who may be in the audience.</param>
    /// <param name="options">The options of the expansion.</param>
    public AudienceTooLargeException(string seedList, AudienceSize size, long asked, long active, long left, ExpansionOptions options)
        : base(
            ErrorKind.BadInput, "audience_too_large",
            $"Seed list '{seedList}': size {size} is {asked:N0} users, but only {left:N0} are left of the {active:N0} active users " +
            $"{(options.Country is null ? "of the population" : $"in {options.Country}")} after taking out " +
            $"{(options.IncludeSeeds ? "the excluded ones" : "seeds and excluded ones")}.",
            options.IncludeSeeds
                ? "Choose a smaller size, or exclude fewer users."
                : "Choose a smaller size, exclude fewer users, or allow seeds in the audience.")
    {
        Values = new Dictionary<string, object?>
        {
            ["seed_list"] = seedList,
            ["size"] = size.ToString(),
            ["asked"] = asked,
            ["active"] = active,
            ["left"] = left,
            ["country"] = options.Country,
            ["include_seeds"] = options.IncludeSeeds,
        };
    }
}
