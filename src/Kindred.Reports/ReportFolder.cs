using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Reports;

/// <summary>A report folder: a page for people and its figures as JSON. It appears only when both are complete.</summary>
public sealed class ReportFolder : IDisposable
{
    /// <summary>The page.</summary>
    public const string PageName = "report.html";

    /// <summary>The figures.</summary>
    public const string FiguresName = "figures.json";

    private readonly OutputFolder _folder;
    private readonly string _format;

    private ReportFolder(OutputFolder folder, string format)
    {
        _folder = folder;
        _format = format;
    }

    /// <summary>Starts a folder, so that an unwritable output fails before anything is computed.</summary>
    /// <param name="path">The final name.</param>
    /// <param name="replace">Allows a report of the same format to be replaced.</param>
    /// <param name="format">The format of the folder, such as <c>kindred-inspection</c>.</param>
    /// <exception cref="KindredException">The name is taken, or nothing can be written there.</exception>
    public static ReportFolder Create(string path, bool replace, string format) => new(OutputFolder.Create(path, replace, format), format);

    /// <summary>The path of a further file of the report.</summary>
    public string File(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Writes the page and the figures, and gives the folder its final name.</summary>
    public void Commit(string page, JsonObject figures)
    {
        OutputFile.Write(File(FiguresName), JsonText.Of(figures));
        OutputFile.Write(File(PageName), page);
        FolderManifest.Describe(_folder.Path, _format, 1, []).Write(_folder.Path);
        _folder.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
