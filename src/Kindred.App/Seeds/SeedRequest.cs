using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.App.Seeds;

/// <summary>Which seed lists a command works on, and how their users count.</summary>
public sealed record SeedRequest
{
    /// <summary>Files of seed lists; one may be standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What is read, for people.</summary>
    public string Shown => string.Join(", ", Files.Select(file => file == StandardInput.Name ? StandardInput.Shown : file));

    /// <summary>What the columns are called.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>How much each seed counts in training.</summary>
    public SampleWeightOptions Weights { get; init; } = new();

    /// <summary>How the ids of the lists were hashed; null where they are the population's.</summary>
    public IdHash? Hash { get; init; }

    /// <summary>Threads that look users up.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The lists to work on; none for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The fewest users of a list to work on.</summary>
    public int Minimum { get; init; } = 25;

    /// <summary>Whether lists with fewer are left out instead of being an error.</summary>
    public bool SkipSmall { get; init; }

    /// <summary>How the files are read.</summary>
    public SeedListOptions Reading => Columns.OfSeedLists(Weights.Metrics, Hash?.Function);
}
