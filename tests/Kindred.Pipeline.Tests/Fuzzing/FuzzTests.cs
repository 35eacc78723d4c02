using Kindred.Fuzz;

namespace Kindred.Pipeline.Tests.Fuzzing;

/// <summary>A short run of <c>bench/Kindred.Fuzz</c>: any file is read or refused with an error that names it.</summary>
public sealed class FuzzTests : IDisposable
{
    // Inputs per reader. An hour-long run is in docs/measurements.md.
    private const int Inputs = 60;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Readers => [.. Targets.All.Select(target => target.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Damaged_files_are_read_or_refused(string reader)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var run = Run(reader, seed);
            for (var i = 0; i < Inputs; i++)
            {
                var finding = run.Next();
                Assert.True(finding is null, $"{finding?.Signature}\nagain {reader} {seed} {finding?.Number}\n{finding?.Problem}");
            }

            Assert.Equal(Inputs, run.Inputs);
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Every_unmodified_corpus_case_is_read(string reader) => Assert.Empty(Run(reader, 1).Unreadable());

    [Theory]
    [MemberData(nameof(Readers))]
    public void An_input_is_reproduced_from_its_seed_and_number(string reader)
    {
        Run(reader, 3).Try(7, _folder["once"]);
        var other = Run(reader, 3);
        other.Try(2);
        other.Try(7, _folder["again"]);
        Assert.Equal(FolderContents.Of(_folder["once"]), FolderContents.Of(_folder["again"]));
    }

    [Fact]
    public void A_reader_that_fails_in_any_other_way_is_reported()
    {
        var corpus = Targets.All[0].Corpus(Root());
        Assert.StartsWith("NotSupportedException: ", Verdict(_ => throw new NotSupportedException()), StringComparison.Ordinal);
        Assert.StartsWith("a message does not name the file", Verdict(_ => throw new KindredException(ErrorKind.BadInput, "test", "It is damaged.", "")), StringComparison.Ordinal);
        Assert.StartsWith("a message does not end", Verdict(path => throw new KindredException(ErrorKind.BadInput, "test", $"{path} is damaged", "")), StringComparison.Ordinal);
        Assert.Equal("allocates too much", Verdict(_ => Array.ConvertAll(new int[300], _ => new byte[1 << 20])));
        Assert.Null(Verdict(path => throw new KindredException(ErrorKind.BadInput, "test", $"{path} is damaged.", "")));

        string? Verdict(Action<string> read) => new FuzzRun(new FuzzTarget("one", read, []), corpus, 1, _folder.Path, alone: false).Next()?.Signature;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kindred.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private FuzzRun Run(string reader, int seed)
    {
        var target = Targets.All.Single(target => target.Name == reader);
        return new FuzzRun(target, target.Corpus(Root()), seed, _folder["work"], alone: false);
    }
}
