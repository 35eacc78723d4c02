namespace Kindred.Cli.Terminal;

/// <summary>The reader of standard output closed the pipe, as <c>head</c> does.</summary>
internal sealed class OutputLeftException() : IOException("Standard output was closed by its reader.");
