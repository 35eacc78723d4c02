using System.Runtime.InteropServices;

namespace Kindred.Data.Folders;

/// <summary>Writes numbers as their bytes.</summary>
internal static class ElementStream
{
    // A span of elements may have more than 2³¹ bytes, the limit of one call.
    private const int PartElements = 1 << 24;

    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public static void Write<T>(Stream stream, string path, ReadOnlySpan<T> elements) where T : unmanaged
    {
        try
        {
            while (!elements.IsEmpty)
            {
                var part = elements[..Math.Min(elements.Length, PartElements)];
                stream.Write(MemoryMarshal.AsBytes(part));
                elements = elements[part.Length..];
            }
        }
        catch (IOException error)
        {
            throw OutputErrors.CannotWrite(path, error);
        }
    }
}
