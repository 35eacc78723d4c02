using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>A kind of folder that Kindred writes, with its checks and facts.</summary>
/// <param name="Name">The name in its manifest, such as <c>kindred-population</c>.</param>
/// <param name="NewestVersion">The newest version of the format that this program reads.</param>
/// <param name="What">Its name for people: <c>population</c>.</param>
/// <param name="Remedy">How such a folder is made again: neutral words, as a sentence without a full stop.</param>
public sealed record FolderFormat(string Name, int NewestVersion, string What, string Remedy)
{
    /// <summary>Checks the contents beyond checksums and formats of files: shapes that must fit each other, values that must be
    /// finite.</summary>
    /// <value>Receives the folder, its manifest and the list of problems. Default: no further checks.</value>
    public Action<string, FolderManifest, ProblemList> Check { get; init; } = (_, _, _) => { };

    /// <summary>True if the folder gets files after its manifest was written.</summary>
    public bool Grows { get; init; }

    /// <summary>Reads facts about the contents, by names in snake_case in the order of display. They never include ids of users.</summary>
    /// <value>Receives the folder and its manifest. Default: the numbers and counts in the manifest.</value>
    public Func<string, FolderManifest, JsonObject> Facts { get; init; } = (_, manifest) => ManifestFacts.Plain(manifest.Content);
}
