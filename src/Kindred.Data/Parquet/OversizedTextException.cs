namespace Kindred.Data.Parquet;

/// <summary>Reports values of a column that are too long to be read.</summary>
internal sealed class OversizedTextException(string message) : Exception(message);
