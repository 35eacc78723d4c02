namespace Kindred.Data.Folders;

/// <summary>Reads what a format says in its manifest.</summary>
internal static class ManifestContent
{
    /// <summary>Turns what goes wrong where a value is missing or of another type into an error that names the manifest.</summary>
    public static T Read<T>(string folder, string remedy, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsOfValues(error))
        {
            throw new KindredException(ErrorKind.Corrupt,
                $"{Path.Combine(folder, FolderManifest.FileName)} is damaged: a value is missing or of another type. {remedy}.", error);
        }
    }

    /// <summary>Whether an error is what reading a missing, misplaced or absurd value of JSON ends in.</summary>
    public static bool IsOfValues(Exception error) => error is NullReferenceException or InvalidOperationException or FormatException or KeyNotFoundException
        or ArgumentException or IndexOutOfRangeException or OverflowException || (error is AggregateException { InnerException: { } inner } && IsOfValues(inner));
}
