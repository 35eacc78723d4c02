namespace Kindred.Cli.Tests.Rooms;

/// <summary>A room: the namespace right below a project, with all namespaces within it; or the types of the project's own namespace.</summary>
/// <param name="Project">The project, such as Kindred.Data.</param>
/// <param name="Name">The whole namespace, such as Kindred.Data.Tables.</param>
public sealed record Room(string Project, string Name)
{
    /// <summary>The room of a type.</summary>
    /// <param name="project">The project that the type is in.</param>
    /// <param name="space">Its namespace; empty for top-level statements.</param>
    public static Room Of(string project, string space) => space.Length <= project.Length ? new Room(project, project)
        : new Room(project, $"{project}.{space[(project.Length + 1)..].Split('.')[0]}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
