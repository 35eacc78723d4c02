namespace Kindred.Worlds;

/// <summary>The purposes that random streams of a world are keyed by; the numbers decide what a seed makes, so they never change.</summary>
internal enum WorldStream : ulong
{
    TopicPriors = 1,
    Items = 2,
    Users = 3,
    CalibrationUsers = 4,
    Interactions = 5,
    Advertisers = 6,
    SeedKeys = 7,
    Engagement = 8,
    MarketAdvertisers = 9,
    PredictedClicks = 10,
    AdSlots = 11,
    SlotOutcomes = 12,
}
