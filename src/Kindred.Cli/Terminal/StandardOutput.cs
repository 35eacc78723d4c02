using System.Text;

namespace Kindred.Cli.Terminal;

/// <summary>Standard output that tells when its reader has gone away: the console's own passes over that, as if all had been read.</summary>
internal static class StandardOutput
{
    /// <summary>A writer of UTF-8 without a byte order mark, with line feeds.</summary>
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
