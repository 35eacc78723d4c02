using System.Text;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Store;

/// <summary>The published files of audience members: one file per audience, one folder per owner.</summary>
internal static class ListFiles
{
    private const string ListsFolder = "lists";

    /// <summary>The path of an audience's file within a version's folder.</summary>
    public static string PathOf(UnitResult unit, string? country) => Path.Combine(
        ListsFolder, unit.Owner.Length == 0 ? ListSettings.NoOwner : SafeFileName.For(unit.Owner),
        NameOf(unit.List, country, unit.ListFormat!));

    /// <summary>The name of an audience's file.</summary>
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
                var to = Path.Combine(folder, PathOf(unit, target.Country));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                FileLink.Create(Path.Combine(store.Objects.PathOf(unit.Lists!), NameOf(unit.List, target.Country, unit.ListFormat!)), to);
            }
        }
    }

    // Codes are mostly two capital letters, which stay readable; lower-case letters are escaped, so that no names differ by case alone.
    private static string NameOf(string country) => string.Concat(Encoding.UTF8.GetBytes(country).Select(value =>
        value is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') ? ((char)value).ToString() : $"%{value:X2}"));
}
