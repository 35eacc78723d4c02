namespace Kindred.Cli.Terminal;

/// <summary>Whoever read standard output went away before its end, as <c>head</c> does: nobody is left to be told.</summary>
internal sealed class OutputLeftException() : IOException("Standard output has no reader any more.");
