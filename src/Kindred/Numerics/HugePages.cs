using System.Runtime.InteropServices;

namespace Kindred.Numerics;

/// <summary>Memory in pages of 2 MB where the system has them.</summary>
/// <remarks>
/// Rows of a large matrix that are read in no order each cost a walk through the page tables with pages of 4 KB. Only a wish: where
/// it is not heard, everything is the same but slower.
/// </remarks>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of such a page, and what memory should be aligned to.</summary>
    public const nuint Size = 2 << 20;

    // Below, the tables fit in the processor anyway.
    private const nuint Least = 8 * Size;
    private const int AdviseHugePages = 14;

    private static bool _isThere = OperatingSystem.IsLinux();

    /// <summary>The alignment of a block of memory.</summary>
    public static nuint Alignment(nuint bytes) => _isThere && bytes >= Least ? Size : 64;

    /// <summary>Asks for huge pages before memory is first touched.</summary>
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
