namespace Kindred.Privacy;

/// <summary>An audience that somebody got hold of.</summary>
/// <param name="Members">Its users, as a <see cref="Crowd"/> numbers them, best first.</param>
/// <param name="Scores">Their scores, beside them.</param>
public sealed record Export(IReadOnlyList<int> Members, IReadOnlyList<double> Scores);
