namespace Kindred.Scoring;

/// <summary>What a scorer reads of a user: what it costs, and whether it can be asked at request time.</summary>
[Flags]
public enum UserInputs
{
    /// <summary>Nothing but the user's id.</summary>
    None = 0,

    /// <summary>The embedding.</summary>
    Embedding = 1,

    /// <summary>The activity.</summary>
    Activity = 2,

    /// <summary>The user's items.</summary>
    Items = 4,
}

/// <summary>Gives every user one number for one seed list: the higher, the more alike.</summary>
/// <remarks>
/// A user's score has the same bits wherever it is computed: in any tile, thread or shard, and at every vector width.
/// It is finite. Scorers are immutable and may be used by many threads at once.
/// </remarks>
public interface IUserScorer
{
    /// <summary>What it reads of a user.</summary>
    UserInputs Reads { get; }

    /// <summary>Multiply-adds, or steps that cost as much, to score one user: for a scorer of items, those of a user with the mean number of items.</summary>
    double CostPerPair { get; }

    /// <summary>Scores the users of a tile.</summary>
    /// <param name="users">Consecutive users of one shard.</param>
    /// <param name="scores">[users.Count] where to write.</param>
    void Score(UserTile users, Span<float> scores);
}
