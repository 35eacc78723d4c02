namespace Kindred.Tuning;

/// <summary>Too few items can stand in for seed lists.</summary>
public sealed class NoPseudoListsException(string reason) : KindredException(
    ErrorKind.BadInput,
    $"The population cannot be tuned on pseudo seed lists, the users of hidden items: {reason}. " +
    "Name a --method, lower --minimum-seeds, or use a population with more interactions.");
