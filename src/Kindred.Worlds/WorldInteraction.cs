namespace Kindred.Worlds;

/// <summary>One user's dealings with one item.</summary>
/// <param name="Item">The index of the item in <see cref="World.Items"/>.</param>
/// <param name="Weight">How often, from 1 on.</param>
/// <param name="Timestamp">When last, in Unix seconds.</param>
public readonly record struct WorldInteraction(int Item, int Weight, long Timestamp);
