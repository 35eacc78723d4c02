using Kindred.Audiences;
using Kindred.Data.Populations;
using Kindred.Pipeline.Planning;
using Kindred.Pipeline.Stages;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Running;

/// <summary>The memory and disk space that a plan needs, checked before it starts.</summary>
/// <param name="MemoryBytes">Peak memory in bytes, without the population's files in the system's cache.</param>
/// <param name="DiskBytes">The maximum number of bytes written.</param>
internal sealed record RunNeeds(long MemoryBytes, long DiskBytes)
{
    private const long Base = 150_000_000;

    // Per model in the plan and in the next version: its names, hashes and places; measured with a million rejected lists, rounded up.
    private const long UnitMemory = 1_400;
    private const long UnitDisk = 2_000;

    // Per audience of a country: its thresholds and score quantiles.
    private const long TargetMemory = 600;

    // Per model in the previous version.
    private const long PreviousMemory = 900;

    /// <param name="plan">The plan.</param>
    /// <param name="folder">The population's folder.</param>
    /// <param name="seeds">The number of users of all lists that are not rejected.</param>
    /// <param name="previous">The number of models of the previous version.</param>
    /// <param name="threads">Worker threads.</param>
    public static RunNeeds Of(RunPlan plan, string folder, long seeds, int previous, int threads)
    {
        var population = PopulationSnapshot.ReadManifest(folder);
        var active = Math.Max(1, population.ActiveUsers);
        var options = ModelMethods.Options(plan);

        var (train, brackets) = (0L, 0L);
        if (plan.Train.Count > 0)
        {
            var pool = Math.Min(active, TrainingContext.DefaultPoolLimit);
            train = options.TrainingBytes(population.Dimension, pool, population.Users,
                (int)Math.Min(options.MaxPositives, Math.Min(seeds, population.Users)), threads) + pool * 16;
        }

        // The sample's rows, and its best users for several targets at a time.
        var sampled = Math.Min(plan.SampleOf(active), active);
        if (plan.Brackets.Count > 0)
        {
            brackets = Math.Min(16L << 20, Entries(plan, plan.Brackets, population) * sampled / active * 2 + 4_096L * 256) * 24
                + sampled * 24L;
        }

        var scoring = threads * 64L * 960 * sizeof(float) + Entries(plan, plan.Brackets, population) / 20 * 24;
        var members = Most(plan, plan.Members, population) / plan.Shards * 40;
        var lists = Most(plan, plan.Lists, population) * 24;
        var entries =
            plan.Index is null ? 0 : Entries(plan, [new UnitTask("all-", [.. Enumerable.Range(0, plan.Units.Count)])], population);
        var index = entries / plan.Shards * 2 + population.Users / plan.Shards * 96;

        // Per excluded id and per user in the index: the table, the place, and the start of a list.
        var excluded = plan.Index is null ? 0 : Math.Min(seeds, population.Users) * 120 + seeds * 2;
        var targets = plan.Units.Where(IsUsed).Sum(unit => (long)unit.Countries.Count);
        var units = plan.Units.Count * UnitMemory + targets * TargetMemory + previous * PreviousMemory;
        var memory = Base + units + Math.Min(seeds, StageContext.MostRemembered) * 8
            + new[] { train, brackets, scoring, members, lists, index, excluded }.Max();
        var models = plan.Train.Sum(task => task.Units.Count) * (population.Dimension + 2L) * (options.HiddenUnits + 1) * sizeof(float);
        return new RunNeeds(memory,
            models + plan.Units.Count * UnitDisk + Entries(plan, plan.Members, population) * 2 + entries * 2 + population.Users * 48
            + Entries(plan, plan.Lists, population) * 32);
    }

    /// <exception cref="KindredException">The disk has too little free space.</exception>
    public void RequireDisk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free >= DiskBytes) return;
        throw new KindredException(ErrorKind.Output, "disk_too_small",
            FormattableString.Invariant(
                $"{folder}: the run writes up to {DiskBytes / 1e6:N0} MB, but the disk has {free / 1e6:N0} MB left. Nothing was started."),
            "Free some space, lower 'keep', or put 'store' on another disk.");
    }

    /// <summary>Returns true unless a unit is known to have no audience.</summary>
    internal static bool IsUsed(PlannedUnit unit) => unit.CarriedOver is not { Rejected: not null };

    private static long Most(RunPlan plan, IReadOnlyList<UnitTask> tasks, PopulationManifest population) =>
        tasks.Select(task => Entries(plan, [task], population)).DefaultIfEmpty(0).Max();

    /// <summary>The number of members of the largest sizes of the units.</summary>
    private static long Entries(RunPlan plan, IReadOnlyList<UnitTask> tasks, PopulationManifest population)
    {
        var users = population.Countries.ToDictionary(country => country.Name, country => country.ActiveUsers, StringComparer.Ordinal);
        return tasks.SelectMany(task => task.Units).Select(unit => plan.Units[unit]).Where(IsUsed).Sum(unit => unit.Countries.Sum(country =>
        {
            var of = country is null ? population.ActiveUsers : users.GetValueOrDefault(country);
            return unit.Sizes.Max(size => Math.Min(AudienceSize.Parse(size).Of(of), of));
        }));
    }
}
