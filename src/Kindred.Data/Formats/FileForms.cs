using System.Text.Json;
using Kindred.Data.Folders;
using Kindred.Data.Numpy;
using Kindred.Data.Safetensors;
using Kindred.Data.Tables;

namespace Kindred.Data.Formats;

/// <summary>Checks that files have the format of their endings: a checksum only shows that they have not changed since they were
/// written.</summary>
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
                // A file whose checksum differs was reported already.
                if (problems.Kept.Any(problem => problem.StartsWith(path + " ", StringComparison.Ordinal))) continue;
                problems.Add(error is KindredException found ? found.Problem : error.Message);
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
        var header = NpyHeader.Decode(stream) ?? throw Damaged(path, "it has no header of a NumPy file");
        var size = header.Type.Length > 2 && int.TryParse(header.Type.AsSpan(2, 1), out var bytes) ? bytes : 0;
        var needed = header.DataOffset + header.Shape.Aggregate(1d, (product, length) => product * length) * size;
        if (stream.Length != needed) throw Damaged(path, $"it has {stream.Length:N0} bytes, but its shape needs {needed:N0}");
    }

    private static KindredException Damaged(string path, string how) =>
        new(ErrorKind.Corrupt, "bad_numpy_file", $"{path} is damaged: {how}.", "")
        {
            Values = new Dictionary<string, object?> { ["file"] = path },
        };
}
