using Kindred.Numerics;

namespace Kindred.Populations;

/// <summary>Embeddings of users, supplied for some users at a time, so that not all embeddings need to be in memory together.</summary>
public interface IUserEmbeddings : IDisposable
{
    /// <summary>Maximum users that a writer reads at a time: enough to keep many threads busy, 64 MiB at 256 numbers per user.</summary>
    const int UsersAtATime = 1 << 16;

    /// <summary>Number of users.</summary>
    int Count { get; }

    /// <summary>Length of an embedding.</summary>
    int Dimension { get; }

    /// <summary>The embeddings of some users; their bits do not depend on which users are read together.</summary>
    /// <param name="users">Users' numbers, in any order.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>[<paramref name="users"/> × dimension], which the caller disposes of.</returns>
    AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default);
}
