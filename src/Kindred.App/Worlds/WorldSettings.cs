using Kindred.Worlds;

namespace Kindred.App.Worlds;

/// <summary>The settings of a daily run that are written beside a world.</summary>
internal static class WorldSettings
{
    public const string FileName = "run.yaml";

    public static string For(World world, string format)
    {
        // In a small world smaller shares have too few users to publish.
        var (size, larger) = world.Options.Users >= 20_000 ? ("1%", "5%") : ("10%", "20%");

        // The first advertiser shows the settings of a single list.
        var first = world.Advertisers.Count == 0 ? "" : $$"""

            lists:
              {{world.Advertisers[0].Name}}: { owner: acme, countries: [{{string.Join(", ", world.Countries.Take(2))}}], sizes: [{{size}}, {{larger}}], publish_lists: csv }

            """;
        return $$"""
            # A daily run on this world: kindred run run.yaml. Every setting: docs/guide/daily-run.md.
            population:
              folder: population                    # made from these files, and again when they change
              interactions: interactions.{{format}}
              users: users.{{format}}
            seeds: seeds.{{format}}
            store: runs                             # versions; kindred runs --store runs lists them
            keep: 7
            method: mlp
            sizes: [{{size}}]
            {{first}}
            """.ReplaceLineEndings("\n");
    }
}
