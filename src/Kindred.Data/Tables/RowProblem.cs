namespace Kindred.Data.Tables;

/// <summary>What may be wrong with a row of a table while the rows after it can be read.</summary>
public enum RowProblem
{
    /// <summary>A value is not what its column holds.</summary>
    BadValue,

    /// <summary>There are more or fewer values than columns.</summary>
    WrongNumberOfValues,

    /// <summary>An id is empty.</summary>
    EmptyId,

    /// <summary>An id is longer than 128 bytes.</summary>
    LongId,

    /// <summary>An id starts or ends with white space.</summary>
    SpaceAroundId,

    /// <summary>An id is no hash of the function that was named.</summary>
    NotAHash,

    /// <summary>A number is none.</summary>
    NotANumber,

    /// <summary>A number has a decimal comma.</summary>
    DecimalComma,

    /// <summary>A number is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A metric is below zero.</summary>
    NegativeMetric,

    /// <summary>A metric is larger than a float32.</summary>
    LargeMetric,

    /// <summary>A line of JSON lines is no object, or has a value that cannot be one of a table.</summary>
    BadJson,
}
