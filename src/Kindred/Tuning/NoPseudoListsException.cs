namespace Kindred.Tuning;

/// <summary>Too few items have enough users to stand in for seed lists.</summary>
public sealed class NoPseudoListsException(int items, int mostUsers, int neededUsers, int lists, int neededLists) : KindredException(
    ErrorKind.BadInput,
    FormattableString.Invariant($"Only {lists:N0} pseudo seed lists can be made, and {neededLists:N0} are needed: of {items:N0} items, the most popular has {mostUsers:N0} users, and a list needs {neededUsers:N0}. ") +
    "Name a --method, lower --minimum-seeds, or use a population with more interactions.");
