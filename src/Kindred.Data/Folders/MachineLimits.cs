using System.Globalization;
using System.Reflection;

namespace Kindred.Data.Folders;

/// <summary>Recognises that a process has reached a limit of its machine: memory, or the number of open files.</summary>
public static class MachineLimits
{
    /// <summary>The number of files that the runtime and the libraries alone keep open, rounded up.</summary>
    public const int FewestOpenFiles = 128;

    private const int UsualOpenFiles = 1_024;
    private const string Limits = "/proc/self/limits";
    private const string OpenFiles = "Max open files";
    private const string AddressSpace = "Max address space";

    /// <summary>The address space that the runtime alone reserves, rounded up.</summary>
    public const long SmallestAddressSpace = 2_000_000_000;

    /// <summary>Checks before anything else is loaded that the runtime can work: a later error could not even be printed.</summary>
    /// <returns>The error; null if the limits are high enough or unknown.</returns>
    public static KindredException? TooFew() =>
        LimitOf(OpenFiles) is { } files and < FewestOpenFiles ? OfOpenFiles(files, null)
        : LimitOf(AddressSpace) is { } bytes and < SmallestAddressSpace ? OfMemory(
            FormattableString.Invariant(
                $"This process has {bytes / 1e6:N0} MB of address space; the runtime alone needs {SmallestAddressSpace / 1e6:N0} MB."),
            bytes, SmallestAddressSpace, null)
        : null;

    /// <summary>The error behind an exception, if it is that a limit was reached; null for all other exceptions.</summary>
    /// <param name="error">Any exception.</param>
    public static KindredException? Explain(Exception error)
    {
        if (error is KindredException { Code: "out_of_memory" or "too_many_open_files" } known) return known;
        if (Any(error, IsOfOpenFiles)) return OfOpenFiles(LimitOf(OpenFiles), error);
        if (!Any(error, IsOfMemory)) return null;
        var available = Available();
        return OfMemory(FormattableString.Invariant($"Memory ran out: this process may use {available / 1e6:N0} MB."), available, null,
            error);
    }

    /// <summary>The error of a process that runs out of memory though it stated its need before.</summary>
    /// <param name="stated">The stated need in bytes.</param>
    /// <param name="error">Any exception.</param>
    /// <returns>The error; null if the exception has another cause.</returns>
    public static KindredException? Explain(Exception error, long stated)
    {
        if (Explain(error) is not { Code: "out_of_memory" }) return Explain(error);
        var available = Available();
        return OfMemory(
            FormattableString.Invariant(
                $"Memory ran out: up to {stated / 1e6:N0} MB are needed, and this process may use {available / 1e6:N0} MB."),
            available, stated, error);
    }

    private static KindredException OfMemory(string problem, long available, long? stated, Exception? error) =>
        new(ErrorKind.Output, "out_of_memory", problem,
            "Raise the limit of the process or container (ulimit -v, DOTNET_GCHeapHardLimit), use a larger machine, or ask for less " +
                "at once: fewer threads, fewer or smaller lists.", error!)
        {
            Values = new Dictionary<string, object?> { ["available_bytes"] = available, ["needed_bytes"] = stated },
        };

    private static KindredException OfOpenFiles(long? most, Exception? error) =>
        new(ErrorKind.Output, "too_many_open_files",
            most is { } limit
                ? string.Create(CultureInfo.InvariantCulture, $"This process may open only {limit:N0} files at once, which is too few.")
                : "This process may not open as many files at once as it needs.",
            "Raise the limit, for example with ulimit -n 4096, and try again.", error!)
        {
            Values = new Dictionary<string, object?> { ["maximum"] = most },
        };

    private static bool Any(Exception? error, Func<Exception, bool> is_) => error is not null && (is_(error)
        || (error is AggregateException many ? many.InnerExceptions.Any(inner => Any(inner, is_)) : Any(error.InnerException, is_))
        || (error is ReflectionTypeLoadException types && types.LoaderExceptions.Any(inner => Any(inner, is_))));

    // The system's own words are all that tells: the runtime has no exception of its own for this. Where no file may be opened, the runtime
    // does not find its libraries either, which under a usual limit has other causes.
    private static bool IsOfOpenFiles(Exception error) => error.Message.Contains("Too many open files", StringComparison.Ordinal)
        || (error.Message.Contains("Could not load file or assembly", StringComparison.Ordinal)
            && LimitOf(OpenFiles) is null or < UsualOpenFiles);

    private static bool IsOfMemory(Exception error) =>
        error is OutOfMemoryException || error.Message.Contains("Cannot allocate memory", StringComparison.Ordinal);

    // The smaller of the memory of machine or container and the address space.
    private static long Available() =>
        Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, LimitOf(AddressSpace) ?? long.MaxValue);

    /// <summary>A limit of this process; null if there is none or it is unknown.</summary>
    private static long? LimitOf(string name)
    {
        try
        {
            foreach (var line in File.ReadLines(Limits))
            {
                if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
                var soft = line[name.Length..].TrimStart().Split(' ')[0];
                return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another system, or no file is left to open.
            return null;
        }
    }
}
