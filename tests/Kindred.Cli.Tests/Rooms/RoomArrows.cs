using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Kindred.Cli.Tests.Rooms;

/// <summary>Finds the dependencies between rooms in all projects' assemblies and in the `using` directives of their sources.</summary>
/// <remarks>Constants leave no trace in an assembly, but the directives show them, because an unused directive does not compile.</remarks>
public sealed partial class RoomArrows
{
    private readonly Dictionary<(Room From, Room To), string> _arrows = [];
    private readonly HashSet<Room> _rooms = [];

    private RoomArrows()
    {
    }

    /// <summary>All rooms that contain a type.</summary>
    public IReadOnlyCollection<Room> Rooms => _rooms;

    /// <summary>All dependencies between different rooms, each with a place where it occurs.</summary>
    public IReadOnlyDictionary<(Room From, Room To), string> Arrows => _arrows;

    /// <summary>Reads all projects of the checkout.</summary>
    public static RoomArrows Read()
    {
        var arrows = new RoomArrows();
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()).ToArray();
        foreach (var project in projects) arrows.ReadAssembly(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(project) + ".dll"));
        foreach (var project in projects) arrows.ReadSources(project);
        return arrows;
    }

    private void ReadAssembly(string file)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(file);
        foreach (var type in assembly.MainModule.GetTypes())
        {
            if (RoomOf(type) is not { } room) continue;
            _rooms.Add(room);
            foreach (var used in UsedBy(type).SelectMany(Parts)) Add(room, RoomOf(used), type.FullName);
        }
    }

    private void ReadSources(string folder)
    {
        var project = Path.GetFileName(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            var from = Room.Of(project, Namespace().Match(text).Groups[1].Value);
            foreach (var used in Using().Matches(text).Select(match => match.Groups[1].Value))
            {
                var to = _rooms.Where(room => used == room.Name || used.StartsWith(room.Name + ".", StringComparison.Ordinal)).MaxBy(room => room.Name.Length);
                Add(from, to, Path.GetRelativePath(Repository.Root, file));
            }
        }
    }

    private void Add(Room from, Room? to, string where)
    {
        if (to is not null && from != to) _arrows.TryAdd((from, to), where);
    }

    private static Room? RoomOf(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        var project = type.Scope is AssemblyNameReference reference ? reference.Name : type.Module.Assembly.Name.Name;

        // Skips types that the compiler adds; they are in namespaces of the runtime.
        return !project.StartsWith("Kindred", StringComparison.Ordinal) || (type.Namespace.Length > 0 && !type.Namespace.StartsWith("Kindred", StringComparison.Ordinal))
            || type.Name.StartsWith('<') ? null : Room.Of(project, type.Namespace);
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<ICustomAttributeProvider> attributed = [type, .. type.Fields, .. type.Methods, .. type.Properties];
        return
        [
            .. type.BaseType is { } above ? [above] : Array.Empty<TypeReference>(),
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
            .. type.Fields.Select(field => field.FieldType),
            .. attributed.SelectMany(one => one.CustomAttributes).Select(attribute => attribute.AttributeType),
            .. type.Methods.SelectMany(UsedBy),
        ];
    }

    private static IEnumerable<TypeReference> UsedBy(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters) yield return parameter.ParameterType;
        foreach (var constraint in method.GenericParameters.SelectMany(parameter => parameter.Constraints)) yield return constraint.ConstraintType;
        if (!method.HasBody) yield break;
        foreach (var variable in method.Body.Variables) yield return variable.VariableType;
        foreach (var handler in method.Body.ExceptionHandlers.Where(handler => handler.CatchType is not null)) yield return handler.CatchType;
        foreach (var used in method.Body.Instructions.SelectMany(UsedBy)) yield return used;
    }

    private static IEnumerable<TypeReference> UsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : Enumerable.Empty<TypeReference>()],
        _ => [],
    };

    /// <summary>Returns a type, or the element type of an array or pointer, or the parts of a constructed type.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(Kindred[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
