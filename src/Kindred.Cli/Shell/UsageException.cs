namespace Kindred.Cli.Shell;

/// <summary>An error about the command line itself, in words that name its options.</summary>
/// <param name="message">The problem and the remedy, in whole sentences.</param>
internal sealed class UsageException(string message) : KindredException(ErrorKind.Usage, "usage", message, "");
