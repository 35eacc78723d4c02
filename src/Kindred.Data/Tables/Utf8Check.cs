using System.Text.Unicode;

namespace Kindred.Data.Tables;

/// <summary>Finds the place where a text is not UTF-8, after decoding failed somewhere in a buffer.</summary>
internal static class Utf8Check
{
    /// <summary>The 1-based line of the first byte that is not UTF-8.</summary>
    public static long FirstBadLine(string file, bool gzip)
    {
        var (_, text) = TableFile.OpenText(file, gzip);
        using var stream = text;
        var buffer = new byte[1 << 16];
        var (line, kept, returned) = (1L, 0, false);
        while (true)
        {
            var read = stream.Read(buffer.AsSpan(kept));
            var bytes = buffer.AsSpan(0, kept + read);
            // No line break is part of a longer UTF-8 sequence, so whole lines can be checked alone.
            int end;
            while ((end = bytes.IndexOfAny((byte)'\n', (byte)'\r')) >= 0)
            {
                if (!Utf8.IsValid(bytes[..end])) return line;
                // In Windows line ends, the carriage return has already ended the line.
                if (bytes[end] == '\r' || end > 0 || !returned) line++;
                returned = bytes[end] == '\r';
                bytes = bytes[(end + 1)..];
            }

            if (read == 0 || bytes.Length == buffer.Length) return line;
            kept = bytes.Length;
            bytes.CopyTo(buffer);
        }
    }
}
