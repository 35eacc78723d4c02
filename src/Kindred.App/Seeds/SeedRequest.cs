using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.App.Seeds;

/// <summary>The seed lists to work on, and the weights of their users.</summary>
public sealed record SeedRequest
{
    /// <summary>Files of seed lists; one may be standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The description of the input in messages.</summary>
    public string Shown => string.Join(", ", Files.Select(file => file == StandardInput.Name ? StandardInput.Shown : file));

    /// <summary>The names of the columns.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>The weights of the seeds in training.</summary>
    public SampleWeightOptions Weights { get; init; } = new();

    /// <summary>The hash of the ids in the lists; null if they are the population's ids.</summary>
    public IdHash? Hash { get; init; }

    /// <summary>Users who were deleted permanently and are left out of all lists.</summary>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>Threads that look users up.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The lists to work on; none for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The minimum number of users of a list.</summary>
    public int Minimum { get; init; } = 25;

    /// <summary>Skips lists with fewer users instead of failing.</summary>
    public bool SkipSmall { get; init; }

    /// <summary>The options for reading the files.</summary>
    public SeedListOptions Reading => Columns.OfSeedLists(Weights.Metrics, Hash?.Function);

    /// <summary>The same request with remarks about the files that go to <paramref name="progress"/>.</summary>
    public SeedRequest Noting(IProgressReporter progress) => this with { Columns = Columns.Noting(progress) };
}
