namespace Kindred.Populations;

/// <summary>Mean and standard deviation of the activity (log1p of interactions) over a population.</summary>
/// <param name="Mean">Mean over all users.</param>
/// <param name="Deviation">Population standard deviation; 1 where all users are alike.</param>
public readonly record struct ActivityScale(double Mean, double Deviation);
