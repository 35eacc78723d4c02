namespace Kindred.Cli.Tests.Rooms;

/// <summary>A room: a namespace directly below a project's root namespace, with nested namespaces; or the root namespace itself.</summary>
/// <param name="Project">The project, such as Kindred.Data.</param>
/// <param name="Name">The full namespace, such as Kindred.Data.Tables.</param>
public sealed record Room(string Project, string Name)
{
    /// <summary>Returns the room of a type.</summary>
    /// <param name="project">The project of the type.</param>
    /// <param name="space">The type's namespace; empty for top-level statements.</param>
    public static Room Of(string project, string space) => space.Length <= project.Length ? new Room(project, project)
        : new Room(project, $"{project}.{space[(project.Length + 1)..].Split('.')[0]}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
