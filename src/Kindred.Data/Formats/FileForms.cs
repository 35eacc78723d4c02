using System.Text.Json;
using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Data.Safetensors;
using Kindred.Data.Tables;

namespace Kindred.Data.Formats;

/// <summary>Checks that files are what their endings say: a checksum tells only that they are as they were written.</summary>
internal static class FileForms
{
    public static void Check(string folder, FolderManifest manifest, ProblemList problems)
    {
        foreach (var file in manifest.Files.Select(file => file.Path).Concat(manifest.Unhashed))
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path)) continue;
            try
            {
                CheckForm(path);
            }
            catch (Exception error) when (error is KindredException or IOException or UnauthorizedAccessException)
            {
                // That it is damaged was said by its checksum, where that differs too.
                if (!problems.Kept.Any(problem => problem.StartsWith(path + " ", StringComparison.Ordinal))) problems.Add(error.Message);
            }
            catch (JsonException error)
            {
                problems.Add($"{path} is damaged: it is not JSON (line {error.LineNumber + 1})");
            }
        }
    }

    private static void CheckForm(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".npy":
                CheckNumpy(path);
                break;
            case ".safetensors":
                SafetensorsFile.Open(path).Dispose();
                break;
            case ".parquet":
                TableReader.Open(path).Dispose();
                break;
            case ".json":
                using (JsonDocument.Parse(File.ReadAllBytes(path))) break;
        }
    }

    private static void CheckNumpy(string path)
    {
        using var stream = File.OpenRead(path);
        var header = NpyHeader.Decode(stream) ?? throw new KindredException(ErrorKind.Corrupt, $"{path} is damaged: it has no header of a NumPy file");
        var size = header.Type.Length > 2 && int.TryParse(header.Type.AsSpan(2, 1), out var bytes) ? bytes : 0;
        var needed = header.DataOffset + header.Shape.Aggregate(1d, (product, length) => product * length) * size;
        if (stream.Length != needed) throw new KindredException(ErrorKind.Corrupt, $"{path} is damaged: it has {stream.Length:N0} bytes, but its shape needs {needed:N0}");
    }
}
