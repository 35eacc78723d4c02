using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Tables;
using Kindred.Worlds;

namespace Kindred.App.Worlds;

/// <summary>Makes a synthetic world and writes its files: users, interactions, seed lists, and the truth.</summary>
public static class GenerateWorld
{
    private const string ManifestFormat = "kindred-world";
    private const int ManifestVersion = 1;

    // All threads make a chunk, which is then written in order: memory is bounded, and the bytes do not depend on the number of threads.
    private const int ChunkUsers = 4096;

    /// <summary>Makes a world.</summary>
    /// <param name="request">The world and the folder to write.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The world and its seed lists.</returns>
    /// <exception cref="KindredException">An option is out of range, or the folder cannot be written.</exception>
    public static GenerateResult Run(GenerateRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var output = OutputFolder.Create(request.Out, request.Replace, ManifestFormat);
        var world = World.Create(request.World);
        string File(string name) => Path.Combine(output.Path, $"{name}.{request.Format}");

        long interactions;
        using (var line = progress.Start("Making users"))
        {
            interactions = WriteUsers(world, File, request.Threads, line, cancellation);
        }

        IReadOnlyList<WorldSeedList> lists;
        using (progress.Start("Drawing seed lists"))
        {
            lists = world.SeedLists(request.Threads, cancellation);
            WriteSeeds(lists, File("seeds"));
        }

        OutputFile.Write(Path.Combine(output.Path, WorldSettings.FileName), WorldSettings.For(world, request.Format));
        FolderManifest.Describe(output.Path, ManifestFormat, ManifestVersion, ToJson(world, interactions)).Write(output.Path);
        cancellation.ThrowIfCancellationRequested();
        output.Commit();
        return new GenerateResult(world, lists, interactions);
    }

    private static long WriteUsers(World world, Func<string, string> file, int threads, IProgressStep line, CancellationToken cancellation)
    {
        using var users = TableWriter.Create(file("users"),
            [Text("user_id"), Text("country"), new TableColumn("active", ColumnType.UInt8)]);
        using var interactions = TableWriter.Create(file("interactions"),
            [Text("user_id"), Text("item_id"), new TableColumn("weight", ColumnType.Int32),
                new TableColumn("timestamp", ColumnType.Int64)]);
        using var truth = TableWriter.Create(file("truth"),
            [Text("user_id"), .. world.Advertisers.Select(advertiser => new TableColumn(advertiser.Name, ColumnType.Float32))]);
        var itemIds = world.Items.Select(item => Encoding.UTF8.GetBytes(item.Id)).ToArray();

        for (var first = 0L; first < world.Options.Users; first += ChunkUsers * threads)
        {
            var count = (int)Math.Min((long)ChunkUsers * threads, world.Options.Users - first);
            var made = new MadeUser[count];
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                i => made[i] = MadeUser.Of(world, first + i));
            foreach (var user in made) Write(user, world, itemIds, users, interactions, truth);
            line.Report((double)(first + count) / world.Options.Users);
        }

        users.Complete();
        truth.Complete();
        interactions.Complete();
        return interactions.Rows;
    }

    private static void Write(MadeUser made, World world, byte[][] itemIds, TableWriter users, TableWriter interactions, TableWriter truth)
    {
        var id = Encoding.UTF8.GetBytes(made.User.Id);
        users.Write(id);
        users.Write(Encoding.UTF8.GetBytes(made.User.Country));
        users.Write((byte)(made.User.Active ? 1 : 0));
        users.EndRow();
        foreach (var interaction in made.Interactions)
        {
            interactions.Write(id);
            interactions.Write(itemIds[interaction.Item]);
            interactions.Write(interaction.Weight);
            interactions.Write(interaction.Timestamp);
            interactions.EndRow();
        }

        truth.Write(id);
        foreach (var affinity in made.Affinities) truth.Write(affinity);
        truth.EndRow();
    }

    private static void WriteSeeds(IReadOnlyList<WorldSeedList> lists, string file)
    {
        using var seeds = TableWriter.Create(file,
            [Text("seed_list_id"), Text("user_id"), new TableColumn("impressions", ColumnType.Int32),
                new TableColumn("clicks", ColumnType.Int32), new TableColumn("ctr", ColumnType.Float32)]);
        foreach (var list in lists)
        {
            var id = Encoding.UTF8.GetBytes(list.Id);
            foreach (var seed in list.Seeds)
            {
                seeds.Write(id);
                seeds.Write(Encoding.UTF8.GetBytes(seed.UserId));
                seeds.Write(seed.Impressions);
                seeds.Write(seed.Clicks);
                seeds.Write((float)seed.Ctr);
                seeds.EndRow();
            }
        }

        seeds.Complete();
    }

    private static TableColumn Text(string name) => new(name, ColumnType.Text);

    private static JsonObject ToJson(World world, long interactions) => new()
    {
        ["users"] = world.Options.Users,
        ["countries"] = new JsonArray([.. world.Countries.Select(country => (JsonNode)country)]),
        ["items"] = world.Items.Count,
        ["topics"] = world.Options.Topics,
        ["interactions"] = interactions,
        ["seed"] = world.Options.Seed.ToString(CultureInfo.InvariantCulture),
        ["seedLists"] = new JsonArray([.. world.Advertisers.Select(advertiser => new JsonObject
        {
            ["seedListId"] = advertiser.Name,
            ["seeds"] = advertiser.SeedCount,
            ["topics"] = new JsonArray([.. advertiser.Topics.Select(topic => (JsonNode)topic.Topic)]),
            ["pairWeight"] = advertiser.PairWeight,
        })]),
    };

    private sealed record MadeUser(WorldUser User, IReadOnlyList<WorldInteraction> Interactions, float[] Affinities)
    {
        public static MadeUser Of(World world, long index)
        {
            var user = world.User(index);
            var affinities = new float[world.Advertisers.Count];
            for (var a = 0; a < affinities.Length; a++) affinities[a] = (float)world.TrueAffinity(user, a);
            return new MadeUser(user, world.Interactions(user), affinities);
        }
    }
}
