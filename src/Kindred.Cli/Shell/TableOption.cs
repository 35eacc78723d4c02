using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>An option for files of a table, each of which is read once from its beginning to its end: one may be standard input.</summary>
internal sealed class TableOption(string name) : Option<string[]>(name);
