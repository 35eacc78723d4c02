namespace Kindred.Cli.Shell;

/// <summary>An error about the command line itself, in words that name its options.</summary>
/// <param name="message">What is wrong and what to type instead, in whole sentences.</param>
internal sealed class UsageException(string message) : KindredException(ErrorKind.Usage, "usage", message, "");
