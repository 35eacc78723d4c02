using Kindred.Data.Tables;

namespace Kindred.Data.Audiences;

/// <summary>Writes one audience as CSV or Parquet with the columns user_id, optionally score, and rank.</summary>
/// <remarks>Streams: an audience may be larger than memory. Scores keep their bits in both formats.</remarks>
public sealed class AudienceWriter : IDisposable
{
    private readonly TableWriter _table;
    private readonly bool _withScores;
    private readonly bool _spreadsheetSafe;

    /// <summary>Starts a file; one of that name is replaced.</summary>
    /// <param name="file">Its name; the ending .csv, .csv.gz or .parquet decides the format.</param>
    /// <param name="withScores">True if scores are written: from many of them the model can be reconstructed.</param>
    /// <param name="spreadsheetSafe">True to write ids in CSV as <see cref="SpreadsheetText"/>. Parquet has no use for it.</param>
    /// <exception cref="KindredException">The ending is another one, or the file cannot be written.</exception>
    public AudienceWriter(string file, bool withScores = true, bool spreadsheetSafe = false)
    {
        _spreadsheetSafe = spreadsheetSafe && !file.EndsWith(".parquet", StringComparison.Ordinal);
        _withScores = withScores;
        TableColumn[] scores = withScores ? [new TableColumn("score", ColumnType.Float32)] : [];
        _table = TableWriter.Create(file,
            [new TableColumn("user_id", ColumnType.Text), .. scores, new TableColumn("rank", ColumnType.Int64)]);
    }

    /// <summary>Writes one user.</summary>
    /// <param name="userId">The id in UTF-8.</param>
    /// <param name="score">The score; ignored if scores are not written.</param>
    /// <param name="rank">The place in the audience, from 1.</param>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Write(ReadOnlySpan<byte> userId, float score, long rank)
    {
        if (_spreadsheetSafe && SpreadsheetText.IsFormula(userId)) _table.Write([(byte)'\'', .. userId]);
        else _table.Write(userId);
        if (_withScores) _table.Write(score);
        _table.Write(rank);
        _table.EndRow();
    }

    /// <summary>Writes the rest and closes the file; without it the file is not whole.</summary>
    /// <exception cref="KindredException">The disk is full or fails.</exception>
    public void Complete() => _table.Complete();

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();
}
