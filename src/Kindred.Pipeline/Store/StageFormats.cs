using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The formats of tasks' outputs.</summary>
internal static class StageFormats
{
    public const string Train = "kindred-task-train";
    public const string Brackets = "kindred-task-brackets";
    public const string Score = "kindred-task-score";
    public const string Thresholds = "kindred-task-thresholds";
    public const string Members = "kindred-task-members";
    public const string Lists = "kindred-task-lists";
    /// <summary>The code of errors of damaged outputs.</summary>
    public const string DamagedCode = "store_output_damaged";

    /// <summary>The remedy for a damaged output, as a sentence without a full stop.</summary>
    public const string Remedy = "Delete the folder and run again: the run makes what is missing";

    private const int Version = 1;

    public static IReadOnlyList<string> All { get; } = [Train, Brackets, Score, Thresholds, Members, Lists];

    /// <summary>Writes the manifest of an output, last of all files.</summary>
    public static void Complete(string folder, string format) =>
        FolderManifest.Describe(folder, format, Version, new JsonObject()).Write(folder);

    /// <summary>Checks one file of an output before it is read.</summary>
    /// <exception cref="KindredException">It is missing, damaged, or of a newer version.</exception>
    public static void Require(string folder, string format, string file) =>
        FolderManifest.Read(folder, format, Version, Remedy).Only(file).Verify(folder, Remedy);

    /// <summary>Checks an output before it is read.</summary>
    /// <exception cref="KindredException">It is missing, damaged, or of a newer version.</exception>
    public static void Require(string folder, string format) => FolderManifest.Read(folder, format, Version, Remedy).Verify(folder, Remedy);
}
