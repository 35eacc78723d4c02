using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Formats;

namespace Kindred.Pipeline.Store;

/// <summary>Describes the contents of a store, from manifests alone.</summary>
public static class StoreSummary
{
    /// <summary>Describes a store with its versions.</summary>
    /// <param name="folder">The path of the store, as given.</param>
    /// <exception cref="KindredException">The store does not exist, has no version, or has a damaged one.</exception>
    public static FolderSummary Of(string folder)
    {
        var store = RunStore.Open(folder);
        return store.Read(() => Of(store, folder));
    }

    private static FolderSummary Of(RunStore store, string folder)
    {
        var versions = store.Versions();
        if (versions.Count == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "store_has_no_version", $"{folder} has no published version.",
                "Make a first version with a daily run.");
        }

        var current = store.Current;
        foreach (var version in versions) RunVersion.ReadManifest(store, version);
        FolderSummary[] inner = [.. versions.Select(number => FolderSummary.Of(store.VersionFolder(number)))];
        var outputs = store.Objects.Names().ToArray();
        var facts = new JsonObject
        {
            ["current"] = current is { } number ? RunStore.Name(number) : null,
            ["held"] = StoreHold.Of(store)?.ToJson(),
            ["versions"] = versions.Count,
            ["outputs"] =
                new JsonObject(outputs.GroupBy(name => name.Split('-')[0], StringComparer.Ordinal)
                    .Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Count()))),
            ["forgotten_users"] = store.ReadForgotten().Count,
        };
        var of = inner[current is { } at ? versions.ToList().IndexOf(at) : ^1];
        var files = outputs.Where(store.Objects.Exists).SelectMany(name => Sizes(store.Objects.PathOf(name))).ToArray();
        return new FolderSummary(folder, "store of a daily run, current version", of.Format, of.FormatVersion, of.Version, facts,
            files.Length,
            [.. files.GroupBy(file => file.Name, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(file => file.Length)))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)], inner);
    }

    private static FileInfo[] Sizes(string output) =>
        OutputErrors.Guard(output, () => new DirectoryInfo(output).GetFiles("*", SearchOption.AllDirectories));
}
