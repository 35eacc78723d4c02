namespace Kindred.Data.Inputs;

/// <summary>How far reading has come.</summary>
/// <param name="Rows">Rows read so far, over all files.</param>
/// <param name="Fraction">Part of the files that has been read, from 0 to 1; each file counts the same.</param>
public readonly record struct ReadProgress(long Rows, double Fraction);
