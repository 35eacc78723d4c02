using System.Globalization;

namespace Kindred.Worlds;

/// <summary>A synthetic world whose truth is known: users, items, interactions, advertisers and their seed lists.</summary>
/// <remarks>
/// Everything about a user follows from the seed and the user's number: users are streamed in any chunks, on any threads, with the same
/// result, and are never all in memory. Memory grows with the items and the advertisers. A world is safe for concurrent use.
/// </remarks>
public sealed partial class World
{
    /// <summary>Seconds of a day.</summary>
    internal const long SecondsPerDay = 86_400;

    /// <summary>The number of days that interactions span.</summary>
    public const int Days = 90;

    /// <summary>Active users have an interaction in this many days before <see cref="End"/>.</summary>
    public const int ActiveDays = 30;

    /// <summary>No interaction is at or after this time: 2026-01-01 00:00 UTC, in Unix seconds.</summary>
    public const long End = 1_767_225_600;

    /// <summary>No interaction is before this time, in Unix seconds.</summary>
    public const long Start = End - (Days * SecondsPerDay);

    /// <summary>Active users were last seen at or after this time, in Unix seconds.</summary>
    public const long ActiveSince = End - (ActiveDays * SecondsPerDay);

    // Enough for a standard deviation to within a few percent, and made in milliseconds.
    private const int CalibrationUsers = 4_096;

    private readonly UserGenerator _users;
    private readonly ItemCatalogue _items;
    private readonly InteractionGenerator _interactions;
    private readonly AffinityFunction[] _affinities;

    private World(WorldOptions options)
    {
        Options = options;
        var topics = new TopicPriors(options);
        _users = new UserGenerator(options, topics);
        _items = new ItemCatalogue(options, topics);
        _interactions = new InteractionGenerator(options, _items);
        Countries = [.. WorldCountries.Codes.Take(options.Countries)];
        Advertisers = AdvertiserGenerator.Make(options, topics);

        var sample = Enumerable.Range(0, CalibrationUsers).Select(i => _users.Make(i, WorldStream.CalibrationUsers)).ToArray();
        _affinities = [.. Advertisers.Select(advertiser => new AffinityFunction(advertiser, sample, options.Seed, options.Countries))];
    }

    /// <summary>The options that the world was made from.</summary>
    public WorldOptions Options { get; }

    /// <summary>ISO codes of the countries, the largest first.</summary>
    public IReadOnlyList<string> Countries { get; }

    /// <summary>The items.</summary>
    public IReadOnlyList<WorldItem> Items => _items.Items;

    /// <summary>The advertisers, by ascending size of their seed lists.</summary>
    public IReadOnlyList<WorldAdvertiser> Advertisers { get; }

    /// <summary>Makes a world.</summary>
    /// <exception cref="KindredException">An option is out of its range.</exception>
    public static World Create(WorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new World(options);
    }

    /// <summary>Returns one user.</summary>
    /// <param name="index">0 to <see cref="WorldOptions.Users"/> − 1.</param>
    public WorldUser User(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Options.Users);
        return _users.Make(index);
    }

    /// <summary>Returns consecutive users, made as they are read.</summary>
    /// <param name="from">The first.</param>
    /// <param name="count">The number of users; fewer are returned at the end of the world.</param>
    public IEnumerable<WorldUser> Users(long from, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Range(from, Options.Users - from < count ? Options.Users : from + count);
    }

    /// <summary>Finds the number of the user with an id; null if the world has no such user.</summary>
    public long? FindUser(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        var isNumber =
            long.TryParse(userId.AsSpan(Math.Min(1, userId.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        // Compared whole, so that another number of zeros or another first letter is another id.
        return isNumber && index < Options.Users && _users.IdOf(index) == userId ? index : null;
    }

    /// <summary>Returns a user's interactions: distinct items, in no particular order.</summary>
    public IReadOnlyList<WorldInteraction> Interactions(WorldUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _interactions.Of(user);
    }

    /// <summary>The true affinity of a user to an advertiser, which a model should find; in (0, 1).</summary>
    /// <param name="user">A user of this world.</param>
    /// <param name="advertiser">The advertiser's <see cref="WorldAdvertiser.Index"/>.</param>
    public double TrueAffinity(WorldUser user, int advertiser)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _affinities[advertiser].Of(user);
    }

    /// <summary>Computes the mean true affinity of an audience to an advertiser.</summary>
    /// <param name="userIds">Ids of users of this world: at least one.</param>
    /// <param name="advertiser">The advertiser's <see cref="WorldAdvertiser.Index"/>.</param>
    /// <exception cref="KindredException">The world has no user with an id, or there are none.</exception>
    public double MeanAffinity(IEnumerable<string> userIds, int advertiser)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var (sum, count) = (0.0, 0L);
        foreach (var id in userIds)
        {
            var index = FindUser(id) ?? throw new KindredException(ErrorKind.BadInput, "user_not_in_world",
                $"User '{id}' is not in this world of {Options.Users} users. The audience was probably made from another world.",
                "Use an audience of this world.");
            sum += TrueAffinity(_users.Make(index), advertiser);
            count++;
        }

        return count > 0 ? sum / count
            : throw new KindredException(ErrorKind.BadInput, "audience_empty", "An audience without users has no mean affinity.",
                "Use an audience with users.");
    }

    /// <summary>The median affinity over the users.</summary>
    internal double MedianAffinity(int advertiser) => _affinities[advertiser].Median;

    private IEnumerable<WorldUser> Range(long from, long end)
    {
        for (var index = from; index < end; index++) yield return _users.Make(index);
    }
}
