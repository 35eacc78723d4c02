using System.Text;
using Kindred.Cli;
using Kindred.Cli.Terminal;

// Without TERM the console sends no escape sequences: no colours and no terminal modes.
Environment.SetEnvironmentVariable("TERM", null);

// Programs read the results: no byte order mark, line feeds everywhere, and ids unchanged.
Console.OutputEncoding = new UTF8Encoding(false);
Console.Out.NewLine = Console.Error.NewLine = "\n";
return CommandLine.Run(args, StandardOutput.Open(), Console.Error, watched: !Console.IsErrorRedirected);
