using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>An option for a folder to write to, in whose place <see cref="Pipes.Output"/> is standard output.</summary>
internal sealed class FolderOrPipeOption(string name) : Option<string>(name);
