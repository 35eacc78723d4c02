namespace Kindred.Pipeline.Stages;

/// <summary>Tells errors that are of one list, which is left out with its reason, from those that stop the whole task.</summary>
internal static class ListProblem
{
    /// <summary>True if the data of the list is wrong. A file that the disk does not give says nothing about the list: published without
    /// it, a version would lack an audience for a moment's fault.</summary>
    public static bool Is(KindredException error) =>
        error.Kind == ErrorKind.BadInput && error.InnerException is not (IOException or UnauthorizedAccessException);
}
