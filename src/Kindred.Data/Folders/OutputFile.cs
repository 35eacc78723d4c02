using System.Text;

namespace Kindred.Data.Folders;

/// <summary>Writes small files of an output.</summary>
public static class OutputFile
{
    /// <summary>Writes a text in UTF-8; a file of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it holds.</param>
    /// <exception cref="KindredException">It cannot be written.</exception>
    public static void Write(string path, string text) =>
        OutputErrors.Guard(path, () => File.WriteAllText(path, text, new UTF8Encoding(false)));

    /// <summary>Writes bytes; a file of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <exception cref="KindredException">It cannot be written.</exception>
    public static void Write(string path, byte[] bytes) => OutputErrors.Guard(path, () => File.WriteAllBytes(path, bytes));
}
