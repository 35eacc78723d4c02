using System.Text;
using Kindred.Cli;

// Results may be read by programs: no byte order mark, line feeds everywhere, and ids as they are.
Console.OutputEncoding = new UTF8Encoding(false);
return CommandLine.Run(args, Console.Out, Console.Error);
