namespace Kindred.Bench.Figures;

/// <summary>The figures of scoring one user with many models on one thread: medians over the rounds.</summary>
/// <param name="Name">The job.</param>
/// <param name="Description">A description of the job.</param>
/// <param name="Microseconds">Time of a look-up that follows others, with the models in whichever cache holds them.</param>
/// <param name="GigabytesPerSecond">The rate at which it then reads the models' weights.</param>
/// <param name="PercentOfBandwidth">That rate in percent of the memory bandwidth: above 100 if caches hold the models.</param>
/// <param name="PercentOfCacheBandwidth">That rate in percent of the rate of repeatedly reading as many bytes and doing nothing
/// else.</param>
/// <param name="ColdMicroseconds">Wall-clock time of a look-up after other work has filled the caches.</param>
/// <param name="ColdPercentOfBandwidth">The rate of a cold look-up in percent of the memory bandwidth.</param>
/// <param name="Bytes">Size of the models' weights.</param>
/// <param name="BytesAllocated">Bytes that one look-up allocates on the garbage-collected heap.</param>
public sealed record LookupFigures(
    string Name, string Description, double Microseconds, double GigabytesPerSecond, double PercentOfBandwidth,
    double PercentOfCacheBandwidth, double ColdMicroseconds, double ColdPercentOfBandwidth, long Bytes, long BytesAllocated);
