namespace Kindred.Data.Folders;

/// <summary>Turns the errors of a file system into ones that name the path and the next step.</summary>
internal static class OutputErrors
{
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            throw CannotWrite(path, error);
        }
        catch (AggregateException error) when (error.InnerException is KindredException inner)
        {
            throw new KindredException(inner.Kind, inner.Message, error);
        }
        catch (AggregateException error) when (error.InnerException is { } inner && IsOfFiles(inner))
        {
            throw CannotWrite(path, inner);
        }
    }

    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    // A file that grows beyond what its system, or a limit, allows is an argument out of range to .NET.
    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException
        || (error is ArgumentOutOfRangeException && error.StackTrace?.TrimStart().StartsWith("at System.IO.RandomAccess.", StringComparison.Ordinal) == true);

    public static KindredException CannotWrite(string path, Exception error) => new(ErrorKind.Output,
        $"{path} cannot be written: {error.Message.Split(" (Parameter")[0].TrimEnd('.')}. Check that its folder exists, that you may write there, and that the disk has room.", error);
}
