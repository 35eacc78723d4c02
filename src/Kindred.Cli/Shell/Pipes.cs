using System.CommandLine;
using System.CommandLine.Parsing;
using Kindred.Data.Tables;

namespace Kindred.Cli.Shell;

/// <summary>Defines where <c>-</c> means standard input or output. Elsewhere it would create a folder of that name.</summary>
internal static class Pipes
{
    /// <summary>The name that means standard output instead of a folder.</summary>
    public const string Output = StandardInput.Name;

    /// <summary>Rejects <c>-</c> where no pipe is supported, and a second reader of standard input.</summary>
    /// <exception cref="KindredException">One of these was given.</exception>
    public static void Check(ParseResult parsed)
    {
        var readers = new List<string>();
        foreach (var result in parsed.CommandResult.Children.Where(result => result.Tokens.Any(token => token.Value == StandardInput.Name)))
        {
            var (name, shown, pipe) = result switch
            {
                OptionResult { Option: var option } => (option.Name, option.HelpName, option is TableOption),
                ArgumentResult { Argument: var argument } => ($"<{argument.Name}>", argument.HelpName ?? argument.Name,
                    argument is IdsArgument),
                _ => ("", null, false),
            };
            if (pipe) readers.AddRange(result.Tokens.Where(token => token.Value == StandardInput.Name).Select(_ => name));
            else if (result is not OptionResult { Option: FolderOrPipeOption } && CommandTree.KindOf(shown) is var kind && kind != ValueKind.Word) throw Refused(name, kind);
        }

        if (readers.Count > 1) throw new UsageException($"Standard input can be read only once, but " +
            $"{string.Join(" and ", readers.Distinct())} name it {readers.Count} times. Write the other tables to files.");
    }

    private static UsageException Refused(string name, ValueKind kind) => new(kind == ValueKind.Folder
        ? $"{name} is '-', but a folder is needed: it holds several files, which a pipe cannot carry. Give a folder name. For a folder that is really named -, write ./-."
        : $"{name} is '-', but a file is needed that can be read more than once, and a pipe cannot. Write it to a file first. For a file that is really named -, write ./-.");
}
