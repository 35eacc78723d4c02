using Kindred.Fuzz;

namespace Kindred.Pipeline.Tests.Fuzzing;

/// <summary>
/// Smallest folder changes that broke a reader, found by fuzzing. Findings in files are in the tables of malformed files.
/// </summary>
public sealed class FoundByFuzzingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("store", "objects/models-*/outcomes.json", "\"model\":0", "\"other\":0", "has no model of list 'one'")]
    [InlineData("store", "versions/000002/version.json", "\"shards\": 1", "\"shards\": 2147483647", "it says 2,147,483,647 shards")]
    [InlineData("store", "versions/000002/version.json", "\"shards\": 1", "\"shards\": -1", "it says -1 shards")]
    [InlineData("store", "versions/000002/version.json", "\"excluded\": ", "\"other\": ", "does not name the table of excluded users")]
    [InlineData("store", "versions/000002/lists.json", "[\n", "[\nnull,\n", "it contains null entries")]
    [InlineData("store", "versions/000002/manifest.json", "\"bytes\": ", "\"bytes\": 4611686018427387904, \"was\": ", "has 4,611,686,018,427,387,904 bytes")]
    [InlineData("audiences", "manifest.json", "\"users\": ", "\"users\": \"many\", \"were\": ", "a value is missing or of another type")]
    [InlineData("models", "manifest.json", "\"kind\": \"", "\"kind\": \"x", "models.safetensors: ")]
    public void Is_refused_as_damaged(string reader, string pattern, string good, string bad, string says)
    {
        var target = Targets.All.Single(target => target.Name == reader);
        var input = target.Corpus(Repository())[^1];
        if (reader == "audiences") input = target.Corpus(Repository())[0];
        input.Write(_folder.Path);
        var folder = input.PathIn(_folder.Path);
        var file = Find(folder, pattern);
        var text = File.ReadAllText(file);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        target.Read(folder);

        File.WriteAllText(file, text[..at] + bad + text[(at + good.Length)..]);
        Seal.Apply(folder, file);
        var error = Assert.Throws<KindredException>(() => target.Read(folder));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_logical_type_is_refused_as_unknown()
    {
        var target = Targets.All.Single(target => target.Name == "parquet");
        var bytes = File.ReadAllBytes(Path.Combine(Repository(), "bench", "Kindred.Fuzz", "corpus", "parquet", "log-events.parquet"));
        var file = Path.Combine(_folder.Path, "log-events.parquet");
        File.WriteAllBytes(file, bytes);
        target.Read(file);

        // The number of the union member.
        Assert.Equal(28, bytes[885]);
        bytes[885] = 58;
        File.WriteAllBytes(file, bytes);
        var error = Assert.Throws<KindredException>(() => target.Read(file));
        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.StartsWith($"{file}: row 1, column '", error.Message, StringComparison.Ordinal);
        Assert.Contains("of an unknown logical type", error.Message, StringComparison.Ordinal);
    }

    private static string Find(string folder, string pattern)
    {
        IEnumerable<string> found = [folder];
        foreach (var part in pattern.Split('/')) found = found.SelectMany(path => Directory.EnumerateFileSystemEntries(path, part)).Order(StringComparer.Ordinal);
        return found.First();
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kindred.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
