namespace Kindred.Fuzz;

/// <summary>A misbehaviour that fuzzing found.</summary>
/// <param name="Target">The name of the reader.</param>
/// <param name="Number">The input's number; with the seed, it reproduces the input.</param>
/// <param name="Signature">A key that distinguishes this finding from others.</param>
/// <param name="Problem">The full description.</param>
public sealed record FuzzFinding(string Target, long Number, string Signature, string Problem);
