using Kindred.Data.Inputs;

namespace Kindred.Data.Imports;

/// <summary>Embeddings as they were read, and whose they are. Their vectors are valid until it is disposed.</summary>
/// <param name="users">Whose they are, in canonical order, with what the same file says of them.</param>
/// <param name="rows">[users] the row of each one's vector.</param>
/// <param name="vectors">The vectors in the order of the file.</param>
/// <param name="file">What they were read from, for errors.</param>
/// <param name="owner">What must be disposed of with it.</param>
public sealed class EmbeddingInput(UserInput users, int[] rows, VectorFile vectors, string file, IDisposable owner) : IDisposable
{
    /// <summary>Whose they are, in canonical order.</summary>
    public UserInput Users => users;

    /// <summary>[users] the row of each one's vector.</summary>
    public IReadOnlyList<int> Rows => rows;

    /// <summary>The vectors in the order of the file.</summary>
    public VectorFile Vectors => vectors;

    /// <summary>What they were read from, for errors.</summary>
    public string File => file;

    /// <summary>Columns that were taken for the embedding without being named, in their order; none where one holds lists.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose() => owner.Dispose();
}
