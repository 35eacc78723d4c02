namespace Kindred.Data.Tables;

/// <summary>A column of a table that is written.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Optional">True if values may be missing: an empty cell in CSV, null in Parquet.</param>
public sealed record TableColumn(string Name, ColumnType Type, bool Optional = false);
