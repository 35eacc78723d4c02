using System.Text.RegularExpressions;

namespace Kindred.Cli.Tests.Rooms;

/// <summary>The table in CONTRIBUTING.md of the rooms that each room may use.</summary>
/// <remarks>
/// A row has a room and the rooms that it may use, each in backticks. Rooms of the same project have their last name, rooms of
/// other projects their full name, and `Kindred.Data.*` means all rooms of a project. A row of `PROJECT.*` applies to all rooms of a project.
/// </remarks>
public sealed partial class RoomTable
{
    private readonly Dictionary<string, string[]> _rows;

    private RoomTable(Dictionary<string, string[]> rows) => _rows = rows;

    /// <summary>The rooms that the table names.</summary>
    public IEnumerable<string> Rooms => _rows.Keys.Where(name => !name.EndsWith(".*", StringComparison.Ordinal));

    /// <summary>Reads the table from the checkout.</summary>
    public static RoomTable Read() => Parse(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")));

    /// <summary>Reads the table from a text.</summary>
    public static RoomTable Parse(string markdown)
    {
        var table = Repository.Between(markdown, "| Room | May use |\n", "\n\n") ?? throw new InvalidOperationException("There is no table of rooms.");
        return new RoomTable(table.Split('\n').Skip(1).Select(line => line.Split('|')).ToDictionary(
            cells => Quoted().Match(cells[1]).Groups[1].Value,
            cells => Quoted().Matches(cells[2]).Select(match => match.Groups[1].Value).ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Returns true if one room may use another.</summary>
    public bool Allows(Room room, Room used) => room == used || Granted(room).Any(entry =>
        entry == used.Name || entry == $"{used.Project}.*" || $"{room.Project}.{entry}" == used.Name);

    /// <summary>Returns the rooms of the same project that a room may use.</summary>
    public IEnumerable<string> UsesWithinProject(Room room) => Granted(room)
        .Select(entry => entry.StartsWith("Kindred", StringComparison.Ordinal) ? entry : $"{room.Project}.{entry}").Where(_rows.ContainsKey);

    private IEnumerable<string> Granted(Room room) =>
        _rows.GetValueOrDefault(room.Name, []).Concat(_rows.GetValueOrDefault($"{room.Project}.*", []));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
