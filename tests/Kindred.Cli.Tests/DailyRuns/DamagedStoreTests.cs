using System.Text;
using System.Text.RegularExpressions;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>Tests damage to each kind of file in a store: errors name the file and the remedy, the remedy works, and nothing else is lost.</summary>
public sealed class DamagedStoreTests(SmallWorld small)
{
    private readonly DailyWorld _days = small.Days;

    private static readonly int[] Documented = [ExitCode.Success, ExitCode.BadInput, ExitCode.Corrupt, ExitCode.Output];

    public static TheoryData<string> Files { get; } =
    [
        "CURRENT", "forgotten.json", "versions/000001/manifest.json", "versions/000002/manifest.json", "versions/000002/version.json", "versions/000002/lists.json", "versions/000002/lists/two/*.csv",
        "objects/seeds-*/manifest.json", "objects/seeds-*/list_id_offsets.npy", "objects/exclude-*/user_id_offsets.npy", "objects/models-*/outcomes.json", "objects/models-*/models/models.safetensors",
        "objects/members-*/lists.npy", "objects/lists-*/*.csv", "objects/index-*-00001/manifest.json", "objects/index-*-00001/slots.npy", "objects/excluded-*/list_starts.npy",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_ends_with_a_documented_code_and_verify_names_the_file_and_the_remedy(string pattern)
    {
        foreach (var damage in Enum.GetValues<Damage>())
        {
            var store = _days.Copy(_days.SecondDay);
            var file = Find(store, pattern);

            // Truncating an array gives the same errors as deleting it.
            if ((damage == Damage.Truncate && pattern.EndsWith(".npy", StringComparison.Ordinal)) || !Apply(damage, file)) continue;
            var before = DailyWorld.Contents(store);
            var (name, at) = (Path.GetFileName(file), $"{pattern} {damage}: ");
            var verified = Invocation.Of("verify", store);
            Assert.True(verified.Code == ExitCode.Corrupt, at + verified.Output + verified.Error);
            Assert.Contains(name, verified.Output, StringComparison.Ordinal);
            Assert.Contains("What to do", verified.Output, StringComparison.Ordinal);
            foreach (var command in new string[][]
            {
                ["show", store], ["runs", "--store", store], ["runs", "show", "--store", store], ["runs", "show", "1", "--store", store], ["lookup", DailyWorld.KnownUser, "--store", store],
                ["diff", "1", "2", "--store", store], ["rollback", "2", "--store", store],
            })
            {
                Check(Invocation.Of(command), $"{at}{string.Join(' ', command)}", name, file);
            }

            Invocation.Good("rollback", "--lift", "--store", store);

            // No undamaged file was lost, changed or moved.
            var after = DailyWorld.Contents(store);
            Assert.All(before.Where(entry => entry.Key != "CURRENT" && !IsDamagedFolder(entry.Key, store, file)), entry => Assert.Equal(entry.Value, after.GetValueOrDefault(entry.Key)));
            foreach (var command in new string[][]
            {
                ["run", _days.Settings(store, 2), "--allow-missing", "--quiet"], ["forget", DailyWorld.KnownUser, "--store", store], ["rollback", "1", "--store", store],
            })
            {
                Check(Invocation.Of(command), $"{at}{string.Join(' ', command)}", name, file);
            }

            Directory.Delete(store, recursive: true);
        }
    }

    [Theory]
    [InlineData("seeds-*", "list_ids.npy")]
    [InlineData("exclude-*", "user_ids.npy")]
    [InlineData("models-*", "outcomes.json")]
    [InlineData("members-*", "lists.npy")]
    [InlineData("index-*", "lists.npy")]
    [InlineData("excluded-*", "lists.npy")]
    public void Deleting_a_damaged_output_and_running_again_restores_the_same_bytes(string output, string file)
    {
        var store = _days.Copy(_days.FirstDay);
        var damaged = Find(store, $"objects/{output}/{file}");
        Apply(Damage.Flip, damaged);
        Assert.Contains(damaged, Invocation.Of("verify", store).Output, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
        Invocation.Good("run", _days.Settings(store, 1), "--allow-missing", "--quiet");
        DailyWorld.AssertSame(_days.FirstDay, store);
        Assert.Matches("intact", Invocation.Good("verify", store).Output);
    }

    [Fact]
    public void Deleting_damaged_lists_and_running_again_restores_the_same_lists()
    {
        // The output that held the rejected list gets another name, so the run publishes a new version.
        var store = _days.Copy(_days.FirstDay);
        var damaged = Find(store, "objects/lists-*/*.csv");
        Apply(Damage.Flip, damaged);
        Assert.Contains(damaged, Invocation.Of("verify", store).Output, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
        Invocation.Good("run", _days.Settings(store, 1), "--allow-missing", "--quiet");
        FolderContents.AssertSame(Path.Combine(_days.FirstDay, "versions", "000001", "lists"), Path.Combine(store, "versions", File.ReadAllText(Path.Combine(store, "CURRENT")).Trim(), "lists"));
    }

    [Theory]
    [InlineData("models-*", "outcomes.json")]
    [InlineData("brackets-*", "brackets.json")]
    [InlineData("score-*", "inside_rows.npy")]
    [InlineData("thresholds-*", "thresholds.json")]
    public void A_damaged_output_of_a_stopped_run_fails_the_next_run_until_it_is_deleted(string output, string file)
    {
        foreach (var damage in new[] { Damage.Flip, Damage.Delete })
        {
            // For models, picks an output that the stopped run trained, because the next run reads only those.
            var store = _days.Copy(_days.Halfway);
            var damaged = Find(store, $"objects/{output}/{file}", path => !File.Exists(Path.Combine(_days.FirstDay, Path.GetRelativePath(store, path))));
            if (!Apply(damage, damaged)) continue;
            var run = Invocation.Of("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
            if (run.Code != ExitCode.Success)
            {
                Assert.True(run.Code == ExitCode.Corrupt, $"{damage}: {run.Code} {run.Error}");
                Assert.Contains(damaged, run.Error, StringComparison.Ordinal);
                Assert.Contains("Delete the folder and run `kindred run` again", run.Error, StringComparison.Ordinal);
                Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
                Invocation.Good("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
            }

            DailyWorld.AssertSame(_days.SecondDay, store);
        }
    }

    [Fact]
    public void An_output_without_a_manifest_is_unfinished_and_is_made_again()
    {
        var store = _days.Copy(_days.Halfway);
        foreach (var kind in new[] { "brackets-*", "score-*", "thresholds-*" }) File.Delete(Find(store, $"objects/{kind}/manifest.json"));
        Invocation.Good("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
        DailyWorld.AssertSame(_days.SecondDay, store);
    }

    [Fact]
    public void Rolling_back_and_running_again_rebuilds_a_damaged_version()
    {
        foreach (var file in new[] { "manifest.json", "version.json", "lists.json" })
        {
            var store = _days.Copy(_days.SecondDay);
            Apply(Damage.Flip, Path.Combine(store, "versions", "000002", file));
            var run = Invocation.Of("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
            Assert.Equal(ExitCode.Corrupt, run.Code);
            Assert.Contains("Publish another version with `kindred rollback`, delete this one's folder, lift the hold with `kindred rollback --lift`, and run `kindred run` again", run.Error, StringComparison.Ordinal);
            Invocation.Good("rollback", "1", "--store", store);
            Directory.Delete(Path.Combine(store, "versions", "000002"), recursive: true);
            Invocation.Good("rollback", "--lift", "--store", store);
            Invocation.Good("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
            DailyWorld.AssertSame(_days.SecondDay, store);
        }
    }

    [Fact]
    public void The_only_version_is_rebuilt_after_it_and_CURRENT_are_deleted()
    {
        var store = _days.Copy(_days.FirstDay);
        Apply(Damage.Truncate, Path.Combine(store, "versions", "000001", "lists.json"));
        Assert.Contains("if there is no other version, delete the file CURRENT", Invocation.Of("run", _days.Settings(store, 1), "--allow-missing").Error, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(store, "versions", "000001"), recursive: true);
        Assert.Contains("delete the file and run `kindred run` again", Invocation.Of("run", _days.Settings(store, 1), "--allow-missing").Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(store, "CURRENT"));
        Invocation.Good("run", _days.Settings(store, 1), "--allow-missing", "--quiet");
        DailyWorld.AssertSame(_days.FirstDay, store);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000009\n")]
    [InlineData("0000\0\n")]
    [InlineData(null)]
    public void A_rollback_repairs_a_damaged_CURRENT(string? text)
    {
        var store = _days.Copy(_days.SecondDay);
        var current = Path.Combine(store, "CURRENT");
        if (text is null) File.Delete(current);
        else File.WriteAllText(current, text);
        foreach (var command in new string[][] { ["run", _days.Settings(store, 2), "--allow-missing"], ["runs", "--store", store], ["lookup", DailyWorld.KnownUser, "--store", store] })
        {
            var refused = Invocation.Of(command);
            Assert.Equal(ExitCode.Corrupt, refused.Code);
            Assert.Contains($"Publish one of 000001, 000002 with `kindred rollback NUMBER --store {store}`", refused.Error, StringComparison.Ordinal);
        }

        Invocation.Good("rollback", "2", "--store", store);
        Invocation.Good("rollback", "--lift", "--store", store);
        DailyWorld.AssertSame(_days.SecondDay, store);
    }

    [Fact]
    public void Without_the_file_of_forgotten_users_commands_refuse_to_run()
    {
        var store = _days.Copy(_days.SecondDay);
        File.Delete(Path.Combine(store, "forgotten.json"));
        foreach (var command in new string[][] { ["run", _days.Settings(store, 2), "--allow-missing"], ["lookup", _days.Forgotten, "--store", store], ["rollback", "1", "--store", store], ["forget", "somebody", "--store", store] })
        {
            var refused = Invocation.Of(command);
            Assert.Equal(ExitCode.Corrupt, refused.Code);
            Assert.Contains("Restore the last copy of the file", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Verify_names_a_missing_output_that_a_version_needs()
    {
        var store = _days.Copy(_days.SecondDay);
        var needed = Path.GetDirectoryName(Find(store, "objects/index-*-00001/manifest.json"))!;
        Directory.Delete(needed, recursive: true);
        Assert.Matches(Regex.Escape(needed) + " is missing, but version 00000[12] needs it", Invocation.Of("verify", store).Output);
    }

    [Fact]
    public void A_valid_store_is_verified_in_one_line_and_shown_with_its_versions()
    {
        Assert.Matches($"^{Regex.Escape(_days.SecondDay)}: [0-9,]+ files, [0-9,]+ bytes: intact.\n$", Invocation.Good("verify", _days.SecondDay).Output);
        Assert.Single(Invocation.Good("verify", _days.Halfway).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var shown = Invocation.Good("show", _days.SecondDay).Output;
        Assert.Matches("current: 000002\n  versions: 2\n", shown);
        Assert.Contains("forgotten users: 1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(_days.Forgotten, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_is_damaged_missing_or_of_another_version_is_refused()
    {
        var store = _days.Copy(_days.FirstDay);
        var plan = _days.Plan(store, 2);
        var file = plan["plan"]!.GetValue<string>();
        var work = DailyWorld.Work(plan, store, "train", 0);
        var good = File.ReadAllText(file);
        File.WriteAllText(file, good.Replace("\"sampleUsers\": 1000", "\"sampleUsers\": 1001", StringComparison.Ordinal));
        Refused(ExitCode.Corrupt, "is damaged or was renamed");
        Assert.Contains(file, Invocation.Of("verify", store).Output, StringComparison.Ordinal);
        var newer = Encoding.UTF8.GetBytes(Regex.Replace(good, "\"program\": \"[^\"]*\"", "\"program\": \"99.0.0\""));
        var renamed = Path.Combine(Path.GetDirectoryName(file)!, new Kindred.Pipeline.Store.InputHash("plan").Add(newer.AsSpan()) + ".json");
        File.WriteAllBytes(renamed, newer);
        work[4] = renamed;
        Refused(ExitCode.Corrupt, "was made by version 99.0.0 of Kindred");
        File.Delete(renamed);
        Refused(ExitCode.BadInput, "this plan does not exist");

        void Refused(int code, string text)
        {
            var refused = Invocation.Of(work);
            Assert.Equal(code, refused.Code);
            Assert.Contains(text, refused.Error, StringComparison.Ordinal);
            Assert.Contains("kindred run --plan-only", refused.Error, StringComparison.Ordinal);
        }
    }

    private static void Check(Invocation ended, string what, string name, string file)
    {
        Assert.True(Documented.Contains(ended.Code), $"{what} ended with {ended.Code}: {ended.Error}");
        if (ended.Code == ExitCode.Success) return;
        Assert.True(ended.Error.Contains(name, StringComparison.Ordinal) || ended.Error.Contains(Path.GetDirectoryName(file)!, StringComparison.Ordinal), $"{what}: {ended.Error}");
        Assert.True(Regex.IsMatch(ended.Error, "Delete|delete|rollback|Put the last copy|Use the version of Kindred"), $"{what}: {ended.Error}");
    }

    // A folder without a manifest may itself be made again.
    private static bool IsDamagedFolder(string entry, string store, string file)
    {
        var folder = Path.GetRelativePath(store, Path.GetDirectoryName(file)!);
        return folder != "." && (entry.StartsWith(folder + "/", StringComparison.Ordinal) || entry == folder);
    }

    private static string Find(string store, string pattern, Func<string, bool>? which = null)
    {
        string[] found = [store];
        foreach (var part in pattern.Split('/'))
        {
            found = [.. found.SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, part)).Order(StringComparer.Ordinal)];
        }

        return found.Where(which ?? (_ => true)).First();
    }

    private static bool Apply(Damage damage, string file)
    {
        var bytes = File.ReadAllBytes(file);

        // Replaces the file instead of writing to it: hard-linked copies must stay intact, as disk damage affects only one of them.
        File.Delete(file);
        switch (damage)
        {
            case Damage.Flip:
                bytes[bytes.Length / 2] ^= 4;
                File.WriteAllBytes(file, bytes);
                return true;
            case Damage.Truncate:
                File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
                return true;
            case Damage.Newer when Encoding.UTF8.GetString(bytes) is var text && text.Contains("\"formatVersion\": ", StringComparison.Ordinal):
                File.WriteAllText(file, Regex.Replace(text, "\"formatVersion\": [0-9]+", "\"formatVersion\": 99"));
                return true;
            default:
                return damage == Damage.Delete;
        }
    }

    private enum Damage
    {
        Flip,
        Truncate,
        Delete,
        Newer,
    }
}
