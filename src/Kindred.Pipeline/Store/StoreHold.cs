using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kindred.Data.Folders;

namespace Kindred.Pipeline.Store;

/// <summary>The hold that a roll-back puts on a store: until it is lifted, no run publishes another version.</summary>
/// <remarks>Kept in held.json. Without it the next run would publish again what was rolled back.</remarks>
public sealed record StoreHold
{
    private const string DamagedCode = "hold_damaged";
    private const string Remedy = "Roll back to a version again, or lift the hold";

    /// <summary>The version that stays published.</summary>
    public required int Version { get; init; }

    /// <summary>The time of the roll-back.</summary>
    public required DateTimeOffset When { get; init; }

    /// <summary>The person who rolled back.</summary>
    public required string By { get; init; }

    /// <summary>The reason, in that person's words; null if none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The held version, since when, by whom and why, for people: a phrase without a full stop.</summary>
    [JsonIgnore]
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"version {RunStore.Name(Version)} since {When:yyyy-MM-dd HH:mm} UTC by {By}{(Reason is null ? "" : $": {Reason.TrimEnd('.')}")}");

    /// <summary>Reads the hold of a store; null if it is not held.</summary>
    /// <exception cref="KindredException">The record of the hold is damaged.</exception>
    public static StoreHold? Of(RunStore store)
    {
        var file = FileOf(store);
        if (!File.Exists(file)) return null;
        var hold = Documents.Read<StoreHold>(file, DamagedCode, Remedy);
        return hold.Version > 0 ? hold
            : throw new KindredException(ErrorKind.Corrupt, DamagedCode,
                FormattableString.Invariant($"{file} is damaged: {hold.Version} is not a version."), $"{Remedy}.");
    }

    /// <summary>The hold as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["when"] = When.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["by"] = By,
        };
        if (Reason is not null) json["reason"] = Reason;
        return json;
    }

    /// <summary>Requires that a store is not held.</summary>
    /// <exception cref="KindredException">It is held, or the record of the hold is damaged.</exception>
    internal static void RequireNone(RunStore store)
    {
        if (Of(store) is not { } hold) return;
        var current = RecordedCurrent(store);
        var other = current is { } published ? $": version {RunStore.Name(published)} is still published" : "";
        var unfinished = current == hold.Version ? "" : $" The roll-back was stopped before it published that version{other}.";
        throw new KindredException(ErrorKind.Busy, "store_held",
            $"{store.Folder} is held at {hold.Description}. While it is held, no run publishes another version.{unfinished}",
            unfinished.Length == 0 ? "Lift the hold and run again; the run then starts from the held version."
                : "Roll back to that version again to finish, or lift the hold and run again.")
        {
            Values = new Dictionary<string, object?>
            {
                ["store"] = store.Folder,
                ["version"] = hold.Version,
                ["when"] = hold.When,
                ["by"] = hold.By,
                ["reason"] = hold.Reason,
                ["published"] = current,
            },
        };
    }

    /// <summary>Holds a store, in place of an earlier hold. The caller has locked the store.</summary>
    /// <returns>The hold: the earlier one if it is of the same version and no new reason is given.</returns>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    internal static StoreHold Put(RunStore store, int version, string by, string? reason, TimeProvider time)
    {
        reason = string.IsNullOrWhiteSpace(reason) ? null : OneLine(reason);
        if (reason is null && Recorded(store) is { } before && before.Version == version) return before;
        var hold = new StoreHold
        {
            Version = version,
            When = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
            By = OneLine(by),
            Reason = reason,
        };
        InPlace.ReplaceFile(FileOf(store), Documents.Serialise(hold));
        return hold;
    }

    /// <summary>Lifts the hold, also one whose record is damaged. The caller has locked the store.</summary>
    /// <returns>True if the store was held.</returns>
    /// <exception cref="KindredException">The record cannot be deleted.</exception>
    internal static bool Lift(RunStore store, out StoreHold? hold)
    {
        hold = Recorded(store);
        var file = FileOf(store);
        if (!File.Exists(file)) return false;
        OutputErrors.Guard(file, () =>
        {
            File.Delete(file);
            Durable.SyncFolder(store.Folder);
        });
        return true;
    }

    private static string FileOf(RunStore store) => Path.Combine(store.Folder, "held.json");

    private static StoreHold? Recorded(RunStore store)
    {
        try
        {
            return Of(store);
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            return null;
        }
    }

    private static int? RecordedCurrent(RunStore store)
    {
        try
        {
            return store.Current;
        }
        catch (KindredException error) when (error.Kind == ErrorKind.Corrupt)
        {
            return null;
        }
    }

    // Control characters could drive the terminal that shows the hold.
    private static string OneLine(string text) => string.Concat(text.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter));
}
