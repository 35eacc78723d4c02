using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>A kind of folder that Kindred writes: how it is checked and described.</summary>
/// <param name="Name">What its manifest names, such as <c>kindred-population</c>.</param>
/// <param name="NewestVersion">The newest version of the format that this program reads.</param>
/// <param name="What">What it is, for people: <c>population</c>.</param>
/// <param name="Remedy">How such a folder is made again, as a sentence without a full stop.</param>
public sealed record FolderFormat(string Name, int NewestVersion, string What, string Remedy)
{
    /// <summary>Looks at the contents beyond checksums and the forms of files: shapes that must fit each other, values that must be finite.</summary>
    /// <value>Given the folder, its manifest and where problems go. Default: there is nothing more to look at.</value>
    public Action<string, FolderManifest, ProblemList> Check { get; init; } = (_, _, _) => { };

    /// <summary>Whether files come later than the manifest, which does not list them.</summary>
    public bool Grows { get; init; }

    /// <summary>Facts about the contents by their names in snake_case, in the order in which they are shown. Never ids of users.</summary>
    /// <value>Given the folder and its manifest. Default: numbers and counts that stand in the manifest.</value>
    public Func<string, FolderManifest, JsonObject> Facts { get; init; } = (_, manifest) => ManifestFacts.Plain(manifest.Content);
}
