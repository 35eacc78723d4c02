namespace Kindred.Fuzz;

/// <summary>Something that must not happen.</summary>
/// <param name="Target">What was reading.</param>
/// <param name="Number">Which input: with the seed, it is made again.</param>
/// <param name="Signature">What tells it from other findings.</param>
/// <param name="Problem">What happened, in full.</param>
public sealed record FuzzFinding(string Target, long Number, string Signature, string Problem);
