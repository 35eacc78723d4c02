namespace Kindred.Data.Inputs;

/// <summary>The progress of reading.</summary>
/// <param name="Rows">Rows read so far, over all files.</param>
/// <param name="Fraction">The share of the files that has been read, from 0 to 1; each file counts the same.</param>
public readonly record struct ReadProgress(long Rows, double Fraction);
