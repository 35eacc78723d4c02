namespace Kindred.Bench.Figures;

/// <summary>What was measured of scoring one user with many models on one thread: medians over the rounds.</summary>
/// <param name="Name">The job.</param>
/// <param name="Description">What it does.</param>
/// <param name="Microseconds">A look-up after others, the models in whatever cache holds them.</param>
/// <param name="GigabytesPerSecond">At which it then reads the models' weights.</param>
/// <param name="PercentOfBandwidth">Of the rate at which memory is read: above 100 where caches hold the models.</param>
/// <param name="PercentOfCacheBandwidth">Of the rate at which as many bytes are read again and again by something that only reads.</param>
/// <param name="ColdMicroseconds">A look-up after something else had the caches, by the clock.</param>
/// <param name="ColdPercentOfBandwidth">Of the rate at which memory is read.</param>
/// <param name="Bytes">Of the models' weights.</param>
/// <param name="BytesAllocated">By one look-up, on the garbage-collected heap.</param>
public sealed record LookupFigures(
    string Name, string Description, double Microseconds, double GigabytesPerSecond, double PercentOfBandwidth,
    double PercentOfCacheBandwidth, double ColdMicroseconds, double ColdPercentOfBandwidth, long Bytes, long BytesAllocated);
