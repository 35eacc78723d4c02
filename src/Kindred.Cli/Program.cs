using System.Text;
using Kindred.Cli;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Folders;
using Microsoft.Win32.SafeHandles;

// The console is a library, which could not be loaded: writes to the handle of standard error instead.
if (MachineLimits.TooFew() is { } limit)
{
    using var error = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write);
    error.Write(Encoding.UTF8.GetBytes($"kindred: {limit.Message}\n"));
    return ExitCode.Output;
}

return Start(args);

static int Start(string[] args)
{
    // Without TERM the console sends no escape sequences: no colours and no terminal modes.
    Environment.SetEnvironmentVariable("TERM", null);

    // Programs read the results: no byte order mark, line feeds everywhere, and ids unchanged.
    Console.OutputEncoding = new UTF8Encoding(false);
    Console.Out.NewLine = Console.Error.NewLine = "\n";
    return CommandLine.Run(args, StandardOutput.Open(), Console.Error, watched: !Console.IsErrorRedirected);
}
