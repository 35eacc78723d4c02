namespace Kindred.Cli.Tests.BadInput;

/// <summary>A malformed file, the command that reads it, and the expected error.</summary>
/// <param name="What">A unique description of the defect.</param>
/// <param name="Command">A command line with names in braces: {file.csv} is the file with its extension, others are the small world's paths.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Content">The file's contents.</param>
/// <param name="Says">Texts that the message must contain; names in braces are replaced here too.</param>
public sealed record Malformed(string What, string Command, int Code, FileContent Content, params string[] Says)
{
    /// <summary>True if the message must name the file; false if it names a settings key instead.</summary>
    public bool NamesFile { get; init; } = true;
}
