using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>Finds all problems of a folder that Kindred wrote.</summary>
public static class FolderVerification
{
    private const string NoRemedy = "Give the path of a folder that Kindred wrote, or make it again";

    /// <summary>Verifies a folder and the inner folders that Kindred wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="KindredException">There is no such folder.</exception>
    public static VerifiedFolder Run(string folder, CancellationToken cancellation = default)
    {
        FolderPath.Require(folder);
        var name = FolderManifest.FormatOf(folder);
        var format = FolderFormats.Find(name);
        var remedy = RemedyOf(folder, format);
        var problems = new ProblemList(remedy);
        var manifest = ReadManifest(folder, name, format, problems, out var known);
        if (manifest is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var problem in FileChecksum.Problems(folder, manifest.Files, checksums: true)) problems.Add(problem);
            foreach (var path in manifest.Unhashed.Select(path => Path.Combine(folder, path)))
            {
                problems.Require(File.Exists(path), $"{path} is missing, though the manifest lists it");
            }

            cancellation.ThrowIfCancellationRequested();
            FileForms.Check(folder, manifest, problems);
            cancellation.ThrowIfCancellationRequested();
            if (known) CheckContents(folder, manifest, format!, problems);
        }

        VerifiedFolder[] inner = [.. FolderPath.Inner(folder, manifest).Select(path => Run(path, cancellation))];
        return new VerifiedFolder(
            folder, name, manifest?.FormatVersion ?? 0, manifest?.Files.Count ?? 0, manifest?.Files.Sum(file => file.Bytes) ?? 0,
            problems.Count, problems.Kept, remedy, ForeignFiles(folder, manifest, format), inner);
    }

    // Making a folder again that a newer Kindred wrote would lose its contents.
    private static string RemedyOf(string folder, FolderFormat? format)
    {
        var isNewer = format is null
            ? FolderManifest.IsWrittenByKindred(folder)
            : ManifestReader.Salvage(folder)?.FormatVersion > format.NewestVersion;
        return isNewer ? FolderManifest.NewerRemedy : format?.Remedy ?? NoRemedy;
    }

    private static IReadOnlyList<string> ForeignFiles(string folder, FolderManifest? manifest, FolderFormat? format)
    {
        if (manifest is null || format?.Grows == true) return [];
        try
        {
            return manifest.ForeignFiles(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An inner folder that cannot be opened is not one that Kindred wrote; those were checked.
            return [];
        }
    }

    /// <summary>Reads the manifest, or as much of it as possible: files are checked even if it is damaged.</summary>
    private static FolderManifest? ReadManifest(string folder, string? name, FolderFormat? format, ProblemList problems, out bool known)
    {
        var path = Path.Combine(folder, FolderManifest.FileName);
        FolderManifest? manifest = null;
        known = false;
        if (format is not null)
        {
            known = problems.Try(() => manifest = FolderManifest.Read(folder, format.Name, format.NewestVersion, format.Remedy));
        }
        else
        {
            problems.Add(!File.Exists(path) ? $"{path} is missing, so this is not a folder that Kindred wrote, or it is incomplete"
                : name is null ? $"{path} is damaged: it is not JSON that names a format"
                : FolderManifest.IsWrittenByKindred(folder) ? $"{path}: the format '{name}' is not known to this version of Kindred"
                : $"{path}: the format is '{name}', which Kindred does not write");
        }

        return manifest ?? ManifestReader.Salvage(folder);
    }

    // A missing file or one that was cut off was reported already.
    private static void CheckContents(string folder, FolderManifest manifest, FolderFormat format, ProblemList problems)
    {
        var content = new ProblemList(format.Remedy);
        try
        {
            format.Check(folder, manifest, content);
        }
        catch (Exception error) when (error is KindredException or IOException or UnauthorizedAccessException)
        {
            if (problems.Count == 0) problems.Add(error is KindredException found ? found.Problem : error.Message);
        }
        catch (Exception error) when (ManifestContent.IsOfValues(error))
        {
            problems.Add($"{Path.Combine(folder, FolderManifest.FileName)} is damaged: a value is missing or of another type");
        }

        string[] known = [.. problems.Kept];
        foreach (var sentence in content.Kept.Where(sentence => !known.Any(before => NameSameFile(before, sentence))))
        {
            problems.Add(sentence);
        }

        problems.AddUnnamed(content.Count - content.Kept.Count);
    }

    private static bool NameSameFile(string one, string other) =>
        one.Split(' ')[0].TrimEnd(':', ',') == other.Split(' ')[0].TrimEnd(':', ',');
}
