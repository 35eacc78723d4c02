namespace Kindred.Worlds;

/// <summary>The interactions of one user with one item.</summary>
/// <param name="Item">The index of the item in <see cref="World.Items"/>.</param>
/// <param name="Weight">The number of interactions, at least 1.</param>
/// <param name="Timestamp">The time of the newest, in Unix seconds.</param>
public readonly record struct WorldInteraction(int Item, int Weight, long Timestamp);
