namespace Kindred.Data.Tables;

/// <summary>Values of a column that are longer than any that are meant to be read.</summary>
internal sealed class OversizedTextException(string message) : Exception(message);
