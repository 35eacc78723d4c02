namespace Kindred.Cli.Tests.Rooms;

/// <summary>Tests that every project's rooms follow the table in CONTRIBUTING.md.</summary>
public sealed class RoomTests
{
    private static readonly Lazy<RoomArrows> _found = new(RoomArrows.Read);
    private static readonly Lazy<RoomTable> _table = new(RoomTable.Read);

    [Fact]
    public void Every_room_is_in_the_table_and_every_row_is_a_room() =>
        Assert.Equal(_found.Value.Rooms.Select(room => room.Name).Order(StringComparer.Ordinal), _table.Value.Rooms.Order(StringComparer.Ordinal));

    [Fact]
    public void A_room_uses_only_rooms_that_the_table_allows()
    {
        var broken = _found.Value.Arrows.Where(arrow => !_table.Value.Allows(arrow.Key.From, arrow.Key.To))
            .Select(arrow => $"{arrow.Key.From} -> {arrow.Key.To} ({arrow.Value})").Order(StringComparer.Ordinal);
        Assert.True(!broken.Any(), "The table of rooms in CONTRIBUTING.md does not allow:\n" + string.Join('\n', broken));
    }

    [Fact]
    public void The_table_allows_no_circles()
    {
        // Repeatedly removes rooms that use no remaining room. The rooms that stay are in circles or use one. Projects cannot form circles.
        var left = _found.Value.Rooms.ToHashSet();
        while (left.RemoveWhere(room => !_table.Value.UsesWithinProject(room).Any(used => used != room.Name && left.Any(other => other.Name == used))) > 0)
        {
        }

        Assert.True(left.Count == 0, "Circles among: " + string.Join(", ", left.Select(room => room.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void No_room_has_more_than_40_files()
    {
        var large = Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .SelectMany(project => Directory.GetDirectories(project).Append(project).Select(folder => (Folder: folder, Files: FilesOf(folder, whole: folder != project))))
            .Where(room => room.Files > 40 && Path.GetFileName(room.Folder) is not ("obj" or "bin")).Select(room => $"{room.Folder}: {room.Files}");
        Assert.Empty(large);
    }

    [Fact]
    public void A_dependency_that_the_table_does_not_list_is_forbidden()
    {
        var table = RoomTable.Parse("| Room | May use |\n|---|---|\n| `Kindred.Data.*` | `Kindred.*` |\n| `Kindred.Data.Tables` | `Folders`, `Kindred.Worlds.Ads` |\n\n");
        var tables = new Room("Kindred.Data", "Kindred.Data.Tables");
        Assert.True(table.Allows(tables, new Room("Kindred.Data", "Kindred.Data.Folders")));
        Assert.True(table.Allows(tables, new Room("Kindred", "Kindred.Numerics")));
        Assert.True(table.Allows(tables, new Room("Kindred.Worlds", "Kindred.Worlds.Ads")));
        Assert.False(table.Allows(tables, new Room("Kindred.Data", "Kindred.Data.Inputs")));
        Assert.False(table.Allows(tables, new Room("Kindred.Worlds", "Kindred.Worlds")));
        Assert.False(table.Allows(new Room("Kindred.Data", "Kindred.Data.Folders"), tables));
        Assert.False(table.Allows(new Room("Kindred", "Kindred.Numerics"), tables));
    }

    private static int FilesOf(string folder, bool whole) =>
        Directory.EnumerateFiles(folder, "*.cs", whole ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Count();
}
