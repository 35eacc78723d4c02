namespace Kindred.Evaluation;

/// <summary>The figures of all methods over seed lists of about one size.</summary>
/// <param name="Bucket">The lists.</param>
/// <param name="Methods">In the order that the methods were given in.</param>
public sealed record BucketFigures(SizeBucket Bucket, IReadOnlyList<MethodFigures> Methods);
