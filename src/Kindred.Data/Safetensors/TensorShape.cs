namespace Kindred.Data.Safetensors;

/// <summary>A float32 tensor's name and shape.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">The length along each axis; empty for a single number.</param>
public sealed record TensorShape(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The number of elements.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, length) => checked(product * length));
}
