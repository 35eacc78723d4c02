using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Privacy;

/// <summary>The active users of a population, whom an attacker classifies, knowing all that the platform knows (worst case).</summary>
public sealed class Crowd
{
    private readonly Dictionary<UserRow, int> _places = [];

    /// <summary>The active users of a population.</summary>
    public Crowd(Population population)
    {
        Population = population;
        var users = new List<UserRow>();
        for (var shard = 0; shard < population.Shards.Count; shard++)
        {
            for (var row = 0; row < population.Shards[shard].Count; row++)
            {
                if (population.Shards[shard].Active.Span[row] != 0) users.Add(new UserRow(shard, row));
            }
        }

        Users = users;
        for (var i = 0; i < users.Count; i++) _places[users[i]] = i;
    }

    /// <summary>The population.</summary>
    public Population Population { get; }

    /// <summary>The active users; a user's number is the position in this list.</summary>
    public IReadOnlyList<UserRow> Users { get; }

    /// <summary>Number of model inputs per user: the embedding and the activity.</summary>
    public int Inputs => Population.Dimension + 1;

    /// <summary>Returns a user's number, or −1 if the user is inactive.</summary>
    public int PlaceOf(UserRow user) => _places.GetValueOrDefault(user, -1);

    /// <summary>Returns marks of the given users: [users] true for each.</summary>
    public bool[] Mark(IEnumerable<UserRow> users)
    {
        var marks = new bool[Users.Count];
        foreach (var user in users)
        {
            if (_places.TryGetValue(user, out var place)) marks[place] = true;
        }

        return marks;
    }

    /// <summary>Computes the scores of all users.</summary>
    public double[] Score(IUserScorer scorer)
    {
        var scores = new double[Users.Count];
        using var tile = new UserTile(Population.Dimension);
        var buffer = new float[UserTile.Capacity];
        for (var shard = 0; shard < Population.Shards.Count; shard++)
        {
            var users = Population.Shards[shard];
            for (var first = 0; first < users.Count; first += tile.Room)
            {
                var count = Math.Min(tile.Room, users.Count - first);
                tile.Load(users, first, count);
                scorer.Score(tile, buffer.AsSpan(0, count));
                for (var i = 0; i < count; i++)
                {
                    if (_places.TryGetValue(new UserRow(shard, first + i), out var place)) scores[place] = buffer[i];
                }
            }
        }

        return scores;
    }

    /// <summary>Writes a user's model inputs: the embedding divided by the square root of its length, and the activity.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="inputs">[<see cref="Inputs"/>] receives the inputs.</param>
    public void Write(int user, Span<double> inputs)
    {
        var (shard, row) = (Population.Shards[Users[user].Shard], Users[user].Row);
        var embedding = shard.Embeddings.Span.Slice(row * shard.Dimension, shard.Dimension);
        var squares = 0.0;
        foreach (var value in embedding) squares += (double)value * value;
        var root = squares > 0 ? Math.Sqrt(Math.Sqrt(squares)) : 1;
        for (var k = 0; k < embedding.Length; k++) inputs[k] = embedding[k] / root;
        inputs[embedding.Length] = shard.Activity.IsEmpty ? 0 : shard.Activity.Span[row];
    }
}
