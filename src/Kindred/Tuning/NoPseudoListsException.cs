namespace Kindred.Tuning;

/// <summary>Too few items can serve as pseudo seed lists.</summary>
public sealed class NoPseudoListsException(string reason) : KindredException(
    ErrorKind.BadInput,
    "tuning_without_pseudo_lists",
    $"The population cannot be tuned on pseudo seed lists, the users of hidden items: {reason}.",
    "Name a method, lower the minimum number of seeds, or use a population with more interactions.");
