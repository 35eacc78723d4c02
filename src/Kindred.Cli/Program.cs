using System.Text;
using Kindred.Cli;
using Kindred.Cli.Terminal;

// Without the name of a terminal the console has no escape sequences to send: nothing is coloured, and no mode is switched.
Environment.SetEnvironmentVariable("TERM", null);

// Results may be read by programs: no byte order mark, line feeds everywhere, and ids as they are.
Console.OutputEncoding = new UTF8Encoding(false);
Console.Out.NewLine = Console.Error.NewLine = "\n";
return CommandLine.Run(args, StandardOutput.Open(), Console.Error, watched: !Console.IsErrorRedirected);
