using Kindred.App.Comparison;
using Kindred.Data.Folders;

namespace Kindred.Reports.Compare;

/// <summary>A folder with the page, the figures and the times of a comparison; it appears when all are complete.</summary>
public sealed class ComparisonFolder : IDisposable
{
    /// <summary>The figures, which are the same on every run.</summary>
    public const string FiguresFile = "comparison.json";

    /// <summary>The times, which differ from run to run.</summary>
    public const string TimesFile = "timings.json";

    /// <summary>The page.</summary>
    public const string PageFile = "report.html";

    private const string Format = "kindred-comparison";

    private readonly OutputFolder _folder;

    private ComparisonFolder(OutputFolder folder) => _folder = folder;

    /// <summary>Starts a folder, so that an unwritable output fails before anything is computed.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="replace">Allows a comparison of that name to be replaced.</param>
    /// <exception cref="KindredException">The name is taken, or nothing can be written there.</exception>
    public static ComparisonFolder Create(string path, bool replace) => new(OutputFolder.Create(path, replace, Format));

    /// <summary>Writes everything and gives the folder its name.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="cancellation">Stops before the folder appears.</param>
    /// <exception cref="KindredException">The name was taken in the meantime, or the folder cannot be written.</exception>
    public void Commit(CompareResult result, CancellationToken cancellation)
    {
        var folder = _folder.Path;
        OutputFile.Write(Path.Combine(folder, FiguresFile), JsonText.Of(ComparisonJson.Figures(result)));
        OutputFile.Write(Path.Combine(folder, TimesFile), JsonText.Of(ComparisonJson.Times(result)));
        OutputFile.Write(Path.Combine(folder, PageFile), CompareReport.Render(result));
        // Times differ from run to run, so their file is not part of the reproducible output.
        FolderManifest.Describe(folder, Format, 1, [], TimesFile, PageFile).Write(folder);
        cancellation.ThrowIfCancellationRequested();
        _folder.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
