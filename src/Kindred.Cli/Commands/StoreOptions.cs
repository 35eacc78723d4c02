using System.CommandLine;
using System.Globalization;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Commands;

/// <summary>What commands on a store of versions share.</summary>
internal static class StoreOptions
{
    public static readonly Option<string> Store = new("--store") { Description = "Folder of versions: what the settings of `kindred run` call 'store'.", HelpName = "DIR", DefaultValueFactory = _ => "runs" };

    public static RunStore Open(ParseResult parsed) => RunStore.Open(parsed.GetValue(Store)!);

    /// <summary>The number of a version as people write it.</summary>
    public static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UsageException($"'{text}' is no version; a number is needed, as in 3 or 000003. `kindred runs` lists them.");

    /// <summary>The current version, where none is asked for.</summary>
    public static int NumberOrCurrent(RunStore store, string? text) => text is not null ? Number(text)
        : store.Current ?? throw new KindredException(ErrorKind.BadInput, "store_has_no_version", $"{store.Folder} has no version yet.", "Run `kindred run` first.");
}
