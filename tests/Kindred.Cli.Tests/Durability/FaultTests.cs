using System.Text;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Durability;

/// <summary>Tests that a disk that fails once is an error, never a loss or a false success. bench/durability.py does the same at random.</summary>
public sealed class FaultTests(SmallWorld world, FaultyDisk disk) : IClassFixture<FaultyDisk>, IDisposable
{
    private const int IoError = 5;
    private const int NoAccess = 13;
    private const int DiskFull = 28;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fsync", IoError)]
    [InlineData("write", IoError)]
    [InlineData("write", DiskFull)]
    [InlineData("rename", IoError)]
    [InlineData("mkdir", NoAccess)]
    [InlineData("open", IoError)]
    public void An_output_that_cannot_be_replaced_stays_as_it_was_and_the_same_command_replaces_it_later(string kind, int error)
    {
        disk.Require();
        var under = _folder["."][..^2];
        DailyWorld.CopyFolder(world.Population, _folder["population"]);
        string[] command = ["import", "--embeddings", Vectors(), "--out", _folder["population"], "--replace", "--quiet"];
        DailyWorld.CopyFolder(world.Population, _folder["expected"]);
        Invocation.Good([.. command.Select(word => word == _folder["population"] ? _folder["expected"] : word)]);
        var before = FolderContents.Of(_folder["population"]);
        var after = FolderContents.Of(_folder["expected"]);
        var calls = disk.Count(under, [.. command.Select(word => word == _folder["population"] ? _folder["counted"] : word)])[kind];
        Assert.True(calls > 0);
        foreach (var at in new[] { 1, (calls + 1) / 2, calls }.Distinct())
        {
            var run = disk.Run(under, kind, at, error, command);
            var found = FolderContents.Of(_folder["population"]);
            if (run.Code == ExitCode.Success) Assert.Equal(after, found);
            else
            {
                Assert.True(run.Code is ExitCode.Output or ExitCode.BadInput or ExitCode.Corrupt, $"{kind} {at}: {run.Code}: {run.Error}");
                Assert.Contains(under, run.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("not written by Kindred", run.Error, StringComparison.Ordinal);
                Assert.True(found.SequenceEqual(before) || found.SequenceEqual(after), $"{kind} {at}: neither old nor new");
            }

            AssertNothingLeft(under);
        }

        Invocation.Good(command);
        Assert.Equal(after, FolderContents.Of(_folder["population"]));
    }

    [Theory]
    [InlineData("fsync", IoError)]
    [InlineData("write", DiskFull)]
    [InlineData("rename", IoError)]
    public void A_daily_run_that_meets_a_fault_is_an_error_and_ends_with_the_same_bytes_later(string kind, int error)
    {
        disk.Require();
        var store = world.Days.New("first");
        string[] command = ["run", world.Days.Settings(store, 1), "--allow-missing", "--quiet"];
        foreach (var at in new[] { 2, 9, 40 })
        {
            var run = disk.Run(store, kind, at, error, command);
            Assert.True(run.Code == ExitCode.Output, $"{kind} {at}: {run.Code}: {run.Error}");
            Assert.Contains(store, run.Error, StringComparison.Ordinal);
        }

        Invocation.Good(command);
        DailyWorld.AssertSame(world.Days.FirstDay, store);
    }

    [Fact]
    public void A_population_that_cannot_be_read_for_a_moment_leaves_no_list_out()
    {
        disk.Require();
        var store = world.Days.New("first");
        string[] command = ["run", world.Days.Settings(store, 1), "--allow-missing", "--quiet"];
        var manifest = Path.Combine(DailyWorld.PopulationOf(store), "manifest.json");
        // Finished tasks are not done again, so each fault comes at another one.
        int failed = 0, at = 1;
        while (disk.Run(manifest, "open", at++, NoAccess, command) is { Code: not ExitCode.Success } run)
        {
            Assert.True(run.Code == ExitCode.BadInput, $"{at}: {run.Code}: {run.Error}");
            Assert.Contains(manifest, run.Error, StringComparison.Ordinal);
            failed++;
        }

        Assert.InRange(failed, 2, 100);
        DailyWorld.AssertSame(world.Days.FirstDay, store);
    }

    [Theory]
    [InlineData("fsync", IoError)]
    [InlineData("unlink", NoAccess)]
    [InlineData("unlink", IoError)]
    [InlineData("rename", IoError)]
    [InlineData("link", NoAccess)]
    public void A_deletion_that_meets_a_fault_is_done_or_an_error_and_then_finished_by_the_next_run(string kind, int error)
    {
        disk.Require();
        var user = world.SeedsOf["advertiser-01"].Order(StringComparer.Ordinal).First();
        foreach (var at in new[] { 1, 4, 12 })
        {
            var store = world.Days.Copy(world.Days.FirstDay);
            var run = disk.Run(Path.GetDirectoryName(store)!, kind, at, error, "forget", user, "--store", store, "--quiet");
            if (run.Code == ExitCode.Success) AssertNowhere(user, store);
            else
            {
                Assert.True(run.Code is ExitCode.Output or ExitCode.Corrupt, $"{kind} {at}: {run.Code}: {run.Error}");
                if (File.Exists(Path.Combine(store, "forgotten.json")))
                {
                    Invocation.Good("run", world.Days.Settings(store, 1), "--allow-missing", "--quiet");
                    AssertNowhere(user, store);
                }
            }
        }
    }

    private static void AssertNowhere(string user, string store)
    {
        foreach (var file in new[] { store, DailyWorld.PopulationOf(store) }.SelectMany(folder =>
            Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })))
        {
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(user)) < 0, $"{user} is in {file}");
        }
    }

    private void AssertNothingLeft(string folder) => Assert.DoesNotContain(FolderContents.Of(folder).Keys, name => name.Contains(".tmp-", StringComparison.Ordinal));

    private string Vectors() => _folder.Text("vectors.csv", "user_id,a,b,c,d,e,f,g,h\n"
        + string.Concat(world.People.Select((person, i) => FormattableString.Invariant($"{person.Id},{i % 7},1,{i % 5},2,{i % 3},1,{i % 11},3\n"))));
}
