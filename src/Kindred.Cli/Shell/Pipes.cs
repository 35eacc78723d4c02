using System.CommandLine;
using System.CommandLine.Parsing;
using Kindred.Data.Tables;

namespace Kindred.Cli.Shell;

/// <summary>Where <c>-</c> may stand for standard input or output. Elsewhere it would make a folder of that name.</summary>
internal static class Pipes
{
    /// <summary>What stands for standard output in place of a folder's name.</summary>
    public const string Output = StandardInput.Name;

    /// <summary>Refuses <c>-</c> where neither is read or written, and standard input that is asked for twice.</summary>
    /// <exception cref="KindredException">One of these.</exception>
    public static void Check(ParseResult parsed)
    {
        var readers = new List<string>();
        foreach (var result in parsed.CommandResult.Children.Where(result => result.Tokens.Any(token => token.Value == StandardInput.Name)))
        {
            var (name, shown, pipe) = result switch
            {
                OptionResult { Option: var option } => (option.Name, option.HelpName, option is TableOption),
                ArgumentResult { Argument: var argument } => ($"<{argument.Name}>", argument.HelpName ?? argument.Name, argument is IdsArgument),
                _ => ("", null, false),
            };
            if (pipe) readers.AddRange(result.Tokens.Where(token => token.Value == StandardInput.Name).Select(_ => name));
            else if (result is not OptionResult { Option: FolderOrPipeOption } && CommandTree.KindOf(shown) is var kind && kind != ValueKind.Word) throw Refused(name, kind);
        }

        if (readers.Count > 1) throw new UsageException($"Standard input can be read once, but {string.Join(" and ", readers.Distinct())} name it {readers.Count} times. Write the other tables to files.");
    }

    private static UsageException Refused(string name, ValueKind kind) => new(kind == ValueKind.Folder
        ? $"{name} is '-', but a folder is needed: it holds several files, which one pipe cannot carry. Give a folder's name; one that is really called - is ./-."
        : $"{name} is '-', but a file is needed, which is read more than once or by its name. Write it to a file first; one that is really called - is ./-.");
}
