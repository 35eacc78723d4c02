using System.Text;
using Microsoft.Win32.SafeHandles;

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
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // A file may be shared with standard error, and only the console's stream goes on where that has stopped.
            if (pipe.CanSeek) return Console.Out;
            return TextWriter.Synchronized(new StreamWriter(pipe, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.Out;
        }
    }
}
