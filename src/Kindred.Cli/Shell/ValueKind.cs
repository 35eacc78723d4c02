namespace Kindred.Cli.Shell;

/// <summary>What the value of an option or an argument is, for a shell that completes it.</summary>
internal enum ValueKind
{
    /// <summary>A word: one of some that are known, or any.</summary>
    Word,

    /// <summary>The name of a file.</summary>
    File,

    /// <summary>The name of a folder.</summary>
    Folder,
}
