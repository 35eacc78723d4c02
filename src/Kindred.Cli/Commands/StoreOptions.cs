using System.CommandLine;
using System.Globalization;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Commands;

/// <summary>Options of the commands that use a store.</summary>
internal static class StoreOptions
{
    public static readonly Option<string> Store = new("--store")
    {
        Description = "The store of a daily run: the folder named 'store' in its settings.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
    };

    public static readonly Option<string?> Wait = new("--wait")
    {
        Description = "While another run is changing the store, wait this many seconds; without a number, until it ends. Put it last. " +
            "By default a busy store is an error.",
        HelpName = "SECONDS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>How to wait for a busy store; null to fail at once.</summary>
    public static StoreWait? WaitOf(ParseResult parsed, CommandRun run)
    {
        if (parsed.GetResult(Wait) is null) return null;
        var limit = parsed.GetValue(Wait) is not { } text ? (TimeSpan?)null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--wait is '{text}'; whole seconds are needed, as in --wait 600, or nothing at the end of the line.");
        return new StoreWait(limit, note => run.Screen(parsed).Note($"{note}"));
    }

    public static RunStore Open(ParseResult parsed) => RunStore.Open(parsed.GetValue(Store)!);

    /// <summary>Parses a version number.</summary>
    public static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UsageException($"'{text}' is not a version number, such as 3 or 000003. `kindred runs` lists all versions.");

    /// <summary>The given version number, or else the current version.</summary>
    public static int NumberOrCurrent(RunStore store, string? text) => text is not null ? Number(text)
        : store.Current
            ?? throw new KindredException(ErrorKind.BadInput, "store_has_no_version", $"{store.Folder} has no published version.",
            "Run `kindred run` first.");
}
