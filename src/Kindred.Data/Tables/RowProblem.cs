
namespace Kindred.Data.Tables;

/// <summary>A problem of one row of a table; the rows after it can still be read.</summary>
public enum RowProblem
{
    /// <summary>A value is not what its column holds.</summary>
    BadValue,

    /// <summary>A value is not a point in time.</summary>
    BadTime,

    /// <summary>There are more or fewer values than columns.</summary>
    WrongNumberOfValues,

    /// <summary>A row repeats the header.</summary>
    RepeatedHeader,

    /// <summary>An id is empty.</summary>
    EmptyId,

    /// <summary>An id is a word such as NULL, which exports write for a missing value.</summary>
    MissingId,

    /// <summary>An id is longer than 128 bytes.</summary>
    LongId,

    /// <summary>An id starts or ends with white space.</summary>
    SpaceAroundId,

    /// <summary>An id is not a hash of the expected function.</summary>
    NotAHash,

    /// <summary>A value is not a number.</summary>
    NotANumber,

    /// <summary>A number has a decimal comma.</summary>
    DecimalComma,

    /// <summary>A number is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A metric is below zero.</summary>
    NegativeMetric,

    /// <summary>A metric is larger than any float32.</summary>
    LargeMetric,

    /// <summary>A line of JSON lines is not an object, or has a value that a table cannot hold.</summary>
    BadJson,

    /// <summary>A user has more than one row.</summary>
    DuplicateUser,

    /// <summary>An embedding has another length than the others, or a number that is missing or not finite.</summary>
    BadEmbedding,

    /// <summary>A value in a column of the embedding is not a number.</summary>
    EmbeddingNotANumber,
}
