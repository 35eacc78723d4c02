using Kindred.Data.Inputs;

namespace Kindred.Data.Imports;

/// <summary>Embeddings that were read, and their users. The vectors are valid until it is disposed.</summary>
/// <param name="users">Their users in canonical order, with the values of the same file.</param>
/// <param name="rows">[users] the row of each user's vector.</param>
/// <param name="vectors">The vectors in the order of the file.</param>
/// <param name="file">The file for errors.</param>
/// <param name="owner">An object to dispose of with it.</param>
public sealed class EmbeddingInput(UserInput users, int[] rows, VectorFile vectors, string file, IDisposable owner) : IDisposable
{
    /// <summary>Their users in canonical order.</summary>
    public UserInput Users => users;

    /// <summary>[users] the row of each user's vector.</summary>
    public IReadOnlyList<int> Rows => rows;

    /// <summary>The vectors in the order of the file.</summary>
    public VectorFile Vectors => vectors;

    /// <summary>The file for errors.</summary>
    public string File => file;

    /// <summary>The columns that were taken as the embedding without being named, in order; none if one column holds lists.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose() => owner.Dispose();
}
