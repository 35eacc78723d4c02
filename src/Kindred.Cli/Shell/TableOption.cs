using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>An option for table files that are read once, front to back, so that one of them may be standard input.</summary>
internal sealed class TableOption(string name) : Option<string[]>(name);
