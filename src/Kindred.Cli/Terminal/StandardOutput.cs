using System.Text;

namespace Kindred.Cli.Terminal;

/// <summary>Standard output that reports a closed pipe. The console's own stream ignores it silently.</summary>
internal static class StandardOutput
{
    /// <summary>Opens a writer of UTF-8 with line feeds and without a byte order mark.</summary>
    public static TextWriter Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.Out;
        try
        {
            var output = new ReadOutput(Console.OpenStandardOutput());
            return TextWriter.Synchronized(new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Console.Out;
        }
    }
}
