using System.Text;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Store;

/// <summary>The published files of audience members: one file per audience, one folder per owner.</summary>
internal static class ListFiles
{
    private const string ListsFolder = "lists";

    /// <summary>Gives every list of a version its published file, with names that people can read.</summary>
    public static RunVersion Named(RunVersion version)
    {
        var listed = version.Units.Where(unit => unit.Lists is not null).ToArray();
        var owners = ReadableFileNames.Of(listed.Select(unit => unit.Owner).Where(owner => owner.Length > 0).Distinct());
        var lists = listed.GroupBy(unit => unit.Owner, unit => unit.List, StringComparer.Ordinal)
            .ToDictionary(owned => owned.Key, owned => ReadableFileNames.Of(owned.Distinct()), StringComparer.Ordinal);
        return version with
        {
            Units = [.. version.Units.Select(unit => unit with
            {
                Targets = [.. unit.Targets.Select(target => target with
                {
                    File = unit.Lists is null || target.Sizes.Count == 0 ? null
                        : $"{ListsFolder}/{(unit.Owner.Length == 0 ? ListSettings.NoOwner : owners[unit.Owner])}/"
                            + NameOf(lists[unit.Owner][unit.List], target, unit),
                })],
            })],
        };
    }

    /// <summary>The path of an audience's file within a version's folder; versions of earlier programs have escaped names.</summary>
    public static string PathOf(UnitResult unit, TargetResult target) => target.File ?? Path.Combine(
        ListsFolder, unit.Owner.Length == 0 ? ListSettings.NoOwner : SafeFileName.For(unit.Owner),
        NameOf(unit.List, target.Country, unit.ListFormat!));

    private static string NameOf(string list, TargetResult target, UnitResult unit) =>
        list + (target.Country is null ? "" : "@" + NameOf(target.Country)) + "." + unit.ListFormat;

    /// <summary>The name of an audience's file inside the task's output, where the other lists are not known.</summary>
    public static string NameOf(string list, string? country, string format) =>
        SafeFileName.For(list) + (country is null ? "" : "@" + NameOf(country)) + "." + format;

    /// <summary>Links the files into a version's folder.</summary>
    /// <exception cref="KindredException">One of the files is missing or damaged.</exception>
    public static void Link(RunStore store, RunVersion version, string folder)
    {
        // Files of an earlier day are checked too: a linked file gets a new checksum, which would hide damage.
        foreach (var lists in version.Units.Select(unit => unit.Lists).OfType<string>().Distinct())
        {
            StageFormats.Require(store.Objects.Require(lists), StageFormats.Lists);
        }

        foreach (var unit in version.Units.Where(unit => unit.Lists is not null))
        {
            foreach (var target in unit.Targets.Where(target => target.Sizes.Count > 0))
            {
                var to = Path.Combine(folder, PathOf(unit, target));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                FileLink.Create(Path.Combine(store.Objects.PathOf(unit.Lists!), NameOf(unit.List, target.Country, unit.ListFormat!)), to);
            }
        }
    }

    // Codes are mostly two capital letters, which stay readable; lower-case letters are escaped, so that no names differ by case alone.
    private static string NameOf(string country) => string.Concat(Encoding.UTF8.GetBytes(country).Select(value =>
        value is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') ? ((char)value).ToString() : $"%{value:X2}"));
}
