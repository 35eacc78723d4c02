namespace Kindred.Cli.Tests.BadInput;

/// <summary>One malformed file: what it is, the command that reads it, and what the command must say.</summary>
/// <param name="What">What is wrong with it, in words; unique.</param>
/// <param name="Command">A command line with names in braces: {file.csv} is the file, its ending included, others are of the small world.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Says">What the message must say; names in braces are replaced here too.</param>
public sealed record Malformed(string What, string Command, int Code, FileContent Content, params string[] Says)
{
    /// <summary>Whether the message must name the file: not where it is told by the key of a setting.</summary>
    public bool NamesFile { get; init; } = true;
}
