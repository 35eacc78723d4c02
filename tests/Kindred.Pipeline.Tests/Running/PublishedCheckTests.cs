using Kindred.Pipeline.Running;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Tests.Running;

/// <summary>A run without changes finds damage in what is published, and repairs it.</summary>
public sealed class PublishedCheckTests
{
    private const string Settings = "sizes: [2%, 40]\nbatch_lists: 4\npublish_lists: csv\nexclude: gone.csv\ncountries: [DE]";

    [Theory]
    [InlineData("objects/lists-*/l01@DE.csv", true)]
    [InlineData("versions/000001/lists/-/l02@DE.csv", true)]
    [InlineData("objects/index-*-00001/lists.npy", false)]
    [InlineData("objects/index-*-00000/manifest.json", false)]
    [InlineData("objects/excluded-*/user_ids.npy", false)]
    [InlineData("objects/models-*/models/models.safetensors", false)]
    [InlineData("objects/members-*/lists.npy", false)]
    public void A_file_that_is_empty_or_has_a_flipped_bit_is_made_again_and_published_under_the_next_number(string pattern, bool inVersion)
    {
        using var undisturbed = Prepared();
        undisturbed.Run();
        foreach (var empty in new[] { true, false })
        {
            using var run = Prepared();
            run.Run();
            var file = Find(run.Store, pattern);
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
            {
                // In place, so that a hard link to the file is damaged too.
                var middle = stream.Length / 2;
                stream.Position = middle;
                var value = stream.ReadByte();
                stream.Position = middle;
                if (empty) stream.SetLength(0);
                else stream.WriteByte((byte)(value ^ 4));
            }

            var notes = new Notes();
            var healed = Run(run, notes);
            Assert.Equal((true, 2), (healed.IsNew, healed.Version.Number));
            var store = run.Open();
            Assert.Equal(2, store.Current);
            Assert.Contains(notes.Texts, note => note.StartsWith(file, StringComparison.Ordinal) && note.Contains(" was damaged; ", StringComparison.Ordinal));
            FolderContents.AssertSame(Path.Combine(undisturbed.Store, "objects"), Path.Combine(run.Store, "objects"));
            FolderContents.AssertSame(Path.Combine(undisturbed.Store, "versions", "000001", "lists"), Path.Combine(run.Store, "versions", "000002", "lists"));
            Assert.Equal(inVersion ? [2] : [1, 2], store.Versions());
            Assert.Equal(0, StoreVerification.Run(run.Store, cancellation: TestContext.Current.CancellationToken).Problems);
            using var published = new PublishedStore(run.Store, atRequest: true);

            var again = Run(run, new Notes());
            Assert.Equal((false, 2, 0), (again.IsNew, again.Version.Number, again.TasksRun));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_nothing_is_deleted()
    {
        using var run = Prepared();
        run.Run();

        // A folder cannot be read as a file, whoever asks.
        var file = Find(run.Store, "objects/index-*-00001/lists.npy");
        File.Delete(file);
        Directory.CreateDirectory(file);
        var before = FolderContents.Of(Path.Combine(run.Store, "objects"));
        var error = Assert.Throws<KindredException>(() => run.Run());
        Assert.Equal("file_not_readable", error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(Path.Combine(run.Store, "objects")));
    }

    private static TestRun Prepared()
    {
        var run = new TestRun(settings: Settings);
        run.Write("gone.csv", "user_id\n" + string.Concat(run.Users.Where((_, i) => i % 10 == 3).Select(user => user.Id + "\n")));
        return run;
    }

    private static RunOutcome Run(TestRun run, IProgressReporter progress) =>
        new DailyRun(SettingsReader.Read(run.SettingsFile), 2, TimeProvider.System, progress)
            .Run(new DateOnly(2026, 11, 25), TestContext.Current.CancellationToken);

    private static string Find(string folder, string pattern)
    {
        string[] found = [folder];
        foreach (var part in pattern.Split('/')) found = [.. found.SelectMany(path => Directory.EnumerateFileSystemEntries(path, part)).Order(StringComparer.Ordinal)];
        return found[0];
    }
}
