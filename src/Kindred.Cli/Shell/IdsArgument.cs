using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>User ids as arguments; they can also come from standard input.</summary>
internal sealed class IdsArgument(string name) : Argument<string[]>(name);
