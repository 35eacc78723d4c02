namespace Kindred.Privacy;

/// <summary>An audience that the attacker obtained.</summary>
/// <param name="Members">The audience's users by their numbers in the <see cref="Crowd"/>, best first.</param>
/// <param name="Scores">The scores of the members, in the same order.</param>
public sealed record Export(IReadOnlyList<int> Members, IReadOnlyList<double> Scores);
