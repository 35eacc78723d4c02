using System.Text.Json.Nodes;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred train --warm-start</c>: training that starts from earlier models.</summary>
public sealed class WarmStartTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_with_an_earlier_model_take_fewer_passes_and_others_start_cold()
    {
        // Yesterday's models lack one list.
        var two = _folder.Text("two.csv", "seed_list_id,user_id\n" + string.Concat(
            new[] { "advertiser-01", "advertiser-02" }.SelectMany(list => world.SeedsOf[list].Select(user => $"{list},{user}\n"))));
        Invocation.Good("train", "--population", world.Population, "--seeds", two, "--out", _folder["models"]);
        var cold = Lists(Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--out", _folder["cold"], "--output", "json"));
        var run = Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--warm-start", _folder["models"], "--out", _folder["warm"], "--output", "json");
        Assert.Contains("2 of 6 lists have a model in", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("other settings", run.Error, StringComparison.Ordinal);
        foreach (var (id, list) in Lists(run))
        {
            var (passes, expected) = ((int)list["linear_passes"]!, (int)cold[id]["linear_passes"]!);
            if (id is "advertiser-01" or "advertiser-02") Assert.InRange(passes, 1, expected / 2);
            else Assert.Equal(expected, passes);
            Assert.Equal((double)cold[id]["loss"]!, (double)list["loss"]!, 1e-5);
        }
    }

    [Fact]
    public void Warm_starts_work_across_an_update_and_do_not_depend_on_threads()
    {
        var today = _folder.Text("today.csv", $"user_id,item_id\na-new-user,{Csv.Read(world.Interactions).First()["item_id"]}\n");
        Invocation.Good("embed", "--update", world.Population, "--interactions", today, "--out", _folder["updated"]);
        foreach (var threads in new[] { "1", "2" })
        {
            Invocation.Good("train", "--population", _folder["updated"], "--seeds", world.Seeds, "--warm-start", world.Models, "--out", _folder[threads], "--threads", threads);
        }

        Assert.Equal(FolderContents.Of(_folder["1"]), FolderContents.Of(_folder["2"]));
    }

    [Fact]
    public void Models_with_other_settings_are_used_with_a_note()
    {
        var run = Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--method", "linear", "--warm-start", world.Models, "--out", _folder["warm"]);
        Assert.Contains("6 of 6 lists", run.Error, StringComparison.Ordinal);
        Assert.Contains("other settings", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_other_embeddings_are_refused_and_leave_nothing()
    {
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--seed", "9", "--iterations", "1", "--out", _folder["other"]);
        var run = Invocation.Of("train", "--population", _folder["other"], "--seeds", world.Seeds, "--warm-start", world.Models, "--out", _folder["none"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("whose embeddings are not those of population", run.Error, StringComparison.Ordinal);
        Assert.Contains("Leave --warm-start out", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    private static Dictionary<string, JsonObject> Lists(Invocation run) =>
        run.Json["lists"]!.AsArray().ToDictionary(list => (string)list!["seed_list_id"]!, list => list!.AsObject(), StringComparer.Ordinal);
}
