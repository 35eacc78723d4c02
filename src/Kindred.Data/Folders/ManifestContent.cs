namespace Kindred.Data.Folders;

/// <summary>Reads a format's own values in a manifest.</summary>
internal static class ManifestContent
{
    /// <summary>Turns the exceptions of a value that is missing or of another type into an error that names the manifest.</summary>
    public static T Read<T>(string folder, string format, string remedy, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsOfValues(error))
        {
            throw FolderErrors.DamagedManifest(format, folder, remedy, error);
        }
    }

    /// <summary>Tells whether an exception comes from reading a missing, misplaced or absurd value of JSON.</summary>
    public static bool IsOfValues(Exception error) => error is NullReferenceException or InvalidOperationException or FormatException
        or KeyNotFoundException
        or ArgumentException or IndexOutOfRangeException or OverflowException
            || (error is AggregateException { InnerException: { } inner } && IsOfValues(inner));
}
