using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>Ids of users on a command line, in place of which they may come from standard input.</summary>
internal sealed class IdsArgument(string name) : Argument<string[]>(name);
