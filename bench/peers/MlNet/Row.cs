using Microsoft.ML.Data;

namespace Kindred.Peers.MlNet;

/// <summary>A row as ML.NET reads it.</summary>
public sealed class Row
{
    /// <summary>The inputs that Kindred trains on, without the constant.</summary>
    [ColumnName("Features")]
    public float[] Features { get; init; } = [];

    [ColumnName("Label")]
    public bool Label { get; init; }
}
