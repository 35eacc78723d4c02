using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Interactions of users with items, in canonical order: users and items by ordinal id, items ascending per user, duplicates
/// summed.</summary>
/// <param name="Users">User ids in ordinal UTF-8 order.</param>
/// <param name="Items">Item ids in ordinal UTF-8 order.</param>
/// <param name="Rows">Each user's items and their positive weights.</param>
public sealed record InteractionMatrix(IdList Users, IdList Items, SparseRows Rows);
