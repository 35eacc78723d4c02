namespace Kindred.Cli.Shell;

/// <summary>The kind of an option's or argument's value, for shell completion.</summary>
internal enum ValueKind
{
    /// <summary>A word: one of a set of known words, or any text.</summary>
    Word,

    /// <summary>The name of a file.</summary>
    File,

    /// <summary>The name of a folder.</summary>
    Folder,
}
