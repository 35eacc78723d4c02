using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>An option for an output folder; <see cref="Pipes.Output"/> means standard output instead.</summary>
internal sealed class FolderOrPipeOption(string name) : Option<string>(name);
