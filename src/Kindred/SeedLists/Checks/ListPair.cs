namespace Kindred.SeedLists.Checks;

/// <summary>Two lists and the users that they share.</summary>
/// <param name="First">Index of the first list.</param>
/// <param name="Second">Index of the second; above <paramref name="First"/>.</param>
/// <param name="Shared">Users in both.</param>
/// <param name="ShareOfSmaller"><paramref name="Shared"/> over the users of the smaller list.</param>
/// <param name="Lift">Shared users, as a multiple of what two random lists of these sizes would share.</param>
public sealed record ListPair(int First, int Second, int Shared, double ShareOfSmaller, double Lift);
