namespace Kindred.Data.Parquet;

/// <summary>One column of one row group, as the footer describes it.</summary>
/// <param name="Start">The place of its first page.</param>
/// <param name="Bytes">The bytes of all pages.</param>
/// <param name="Values">The number of values; the library stops at the page that completes it.</param>
internal readonly record struct ParquetChunk(long Start, long Bytes, long Values);
