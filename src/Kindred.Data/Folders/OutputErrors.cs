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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
        catch (AggregateException error) when (error.InnerException is KindredException inner)
        {
            throw new KindredException(inner.Kind, inner.Message, error);
        }
        catch (AggregateException error) when (error.InnerException is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error.InnerException);
        }
    }

    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    public static KindredException CannotWrite(string path, Exception error) => new(ErrorKind.Output,
        $"{path} cannot be written: {error.Message.TrimEnd('.')}. Check that its folder exists, that you may write there, and that the disk has room.", error);
}
