using System.Runtime.InteropServices;

namespace Kindred.Numerics;

/// <summary>Memory in pages of 2 MB, if the system has them.</summary>
/// <remarks>
/// With pages of 4 KB, each random access to a row of a large matrix costs a walk through the page tables. The request is only a hint: if
/// the system ignores it, results are the same but slower.
/// </remarks>
internal static unsafe partial class HugePages
{
    /// <summary>The size of such a page in bytes, to which memory should be aligned.</summary>
    public const nuint Size = 2 << 20;

    // Below this size, the processor caches the page tables anyway.
    private const nuint Least = 8 * Size;
    private const int AdviseHugePages = 14;

    private static bool _isThere = OperatingSystem.IsLinux();

    /// <summary>The alignment of a block of memory.</summary>
    public static nuint Alignment(nuint bytes) => _isThere && bytes >= Least ? Size : 64;

    /// <summary>Requests huge pages before memory is first touched.</summary>
    public static void Ask(void* memory, nuint bytes)
    {
        if (!_isThere || bytes < Least) return;
        try
        {
            _ = Advise(memory, bytes, AdviseHugePages);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            _isThere = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* memory, nuint bytes, int advice);
}
