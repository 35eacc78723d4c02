namespace Kindred.SeedModels;

/// <summary>A seed list contains every candidate, so there are no negatives.</summary>
public sealed class NoNegativesException(string seedList) : KindredException(
    ErrorKind.BadInput,
    "seed_list_leaves_no_negatives",
    $"Seed list '{seedList}' leaves no negatives: every active user of the target population is a seed.",
    "Use a smaller seed list or a larger population.");
