using Kindred.Data.Formats;

namespace Kindred.Cli.Shell;

/// <summary>The commands that make each kind of folder again, where a library's remedy has only neutral words.</summary>
internal static class FolderSteps
{
    private const string RunObject = "Delete the folder and run `kindred run` again: it makes what is missing";

    private static readonly Dictionary<string, string> _byFormat = new(StringComparer.Ordinal)
    {
        ["kindred-population"] = "Make the population again with `kindred embed`, or `kindred import` for embeddings from elsewhere",
        ["kindred-tuning"] = "Remove that folder and tune again with `kindred tune`",
        ["kindred-models"] = "Train the models again with `kindred train`",
        ["kindred-audiences"] = "Select the audiences again with `kindred expand`",
        ["kindred-comparison"] = "Compare the methods again with `kindred compare`",
        ["kindred-comparison-parts"] =
            "Repeat the comparison with --resume: damaged parts are made again. Or remove the folder to start over",
        ["kindred-inspection"] = "Inspect the seed lists again with `kindred inspect`",
        ["kindred-reach"] = "Measure reach again with `kindred reach`",
        ["kindred-version-page"] = "Write the page again with `kindred runs show`",
        ["kindred-experiment"] = "Analyse the log again with `kindred experiment analyze`",
        ["kindred-simulation"] = "Simulate it again with `kindred experiment simulate`",
        ["kindred-world"] = "Make the world again with `kindred generate`",
        ["kindred-run"] = "Publish another version with `kindred rollback`, delete this one's folder, lift the hold with " +
            "`kindred rollback --lift`, and run `kindred run` again; if there is no other version, delete the file CURRENT instead of rolling back",
        ["kindred-memberships"] = "Delete the folder and run `kindred run` again: it makes what the current version lacks; " +
            "delete an older version that lacks it, because it cannot be published again",
        ["kindred-seeds"] = RunObject,
        ["kindred-user-ids"] = RunObject,
        ["kindred-task-train"] = RunObject,
        ["kindred-task-brackets"] = RunObject,
        ["kindred-task-score"] = RunObject,
        ["kindred-task-thresholds"] = RunObject,
        ["kindred-task-members"] = RunObject,
        ["kindred-task-lists"] = RunObject,
        ["kindred-demo"] = "Run `kindred demo` again",
    };

    /// <summary>The remedy of a folder in words of the command, without a full stop.</summary>
    /// <param name="format">The folder's format, or null if unknown.</param>
    /// <param name="remedy">The remedy in neutral words: kept unless it is the default of the format.</param>
    public static string Of(string? format, string remedy) =>
        format is not null && FolderFormats.Find(format)?.Remedy == remedy ? _byFormat.GetValueOrDefault(format, remedy) : remedy;

    /// <summary>The next step for an error about a folder of the format in its values.</summary>
    public static string Of(KindredException error) =>
        error.Values.GetValueOrDefault("format") is string format && _byFormat.TryGetValue(format, out var step)
            ? $"{step}."
            : error.Remedy;
}
