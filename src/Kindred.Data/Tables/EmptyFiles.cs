using Kindred.Data.Values;

namespace Kindred.Data.Tables;

/// <summary>Passes over empty files beside others: exports write a shard of no rows as a file of no bytes.</summary>
internal static class EmptyFiles
{
    private const int MostNamed = 3;

    // Longer files have something in them, whatever it is.
    private const int MostBytes = 1 << 10;

    /// <summary>The numbers of the files that are not empty; all of them if none has anything, so that opening one is the error.</summary>
    /// <param name="files">The files.</param>
    /// <param name="rules">Receives the remark about those that are passed over.</param>
    public static IReadOnlyList<int> Without(IReadOnlyList<string> files, TableRules rules)
    {
        int[] all = [.. Enumerable.Range(0, files.Count)];
        if (files.Count == 1) return all;
        int[] empty = [.. all.Where(i => IsEmpty(files[i]))];
        if (empty.Length == 0 || empty.Length == files.Count) return all;
        var names = string.Join(", ", empty.Take(MostNamed).Select(i => files[i])) + (empty.Length > MostNamed ? ", …" : "");
        rules.Note?.Invoke($"{empty.Length:N0} of {files.Count:N0} files are empty and were passed over: {names}.");
        return [.. all.Except(empty)];
    }

    private static bool IsEmpty(string file)
    {
        try
        {
            if (file == StandardInput.Name || !File.Exists(file) || new FileInfo(file) is not { Length: < MostBytes }) return false;
            using var stream = File.OpenRead(file);
            if (!stream.CanSeek) return false;
            Span<byte> start = stackalloc byte[MostBytes];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!TableFile.IsGzip(start[..read])) return IsBlank(start[..read]);
            using var text = TableFile.OpenText(file, gzip: true).Text;
            return text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) is var length && length < start.Length
                && IsBlank(start[..length]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or KindredException)
        {
            // Opening the table tells.
            return false;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) =>
        (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text).Trim(" \t\r\n"u8).IsEmpty;
}
