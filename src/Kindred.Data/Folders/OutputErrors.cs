using System.Runtime.ExceptionServices;

namespace Kindred.Data.Folders;

/// <summary>Turns exceptions of the file system into errors that name the path and the next step.</summary>
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
            ExceptionDispatchInfo.Throw(inner);
            throw;
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

    // .NET reports a file that exceeds the largest size that a system or a limit allows as an argument out of range.
    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException
        || (error is ArgumentOutOfRangeException
            && error.StackTrace?.TrimStart().StartsWith("at System.IO.RandomAccess.", StringComparison.Ordinal) == true);

    public static KindredException CannotWrite(string path, Exception error) => new(ErrorKind.Output, "output_not_writable",
        $"{path} cannot be written: {error.Message.Split(" (Parameter")[0].TrimEnd('.')}.",
        "Check that its folder exists, that you may write there, and that the disk has room.", error)
    {
        Values = new Dictionary<string, object?> { ["path"] = path },
    };
}
