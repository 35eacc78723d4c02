using System.Buffers.Binary;
using System.Text;
using Kindred.Data.Safetensors;

namespace Kindred.Data.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_back_every_tensor_and_text() =>
        Gen.Select(Gen.Float.Array[0, 30].List[0, 6], Gen.Dictionary(Gen.String, Gen.String)[0, 4]).Sample((arrays, metadata) =>
        {
            var tensors = arrays.Select((elements, i) => (new TensorShape($"model/{i} \"é\"", i % 2 == 0 ? [elements.Length] : [1, elements.Length]), elements)).ToArray();
            SafetensorsFile.Write(_folder["m.safetensors"], tensors, metadata);
            using var file = SafetensorsFile.Open(_folder["m.safetensors"]);
            Assert.Equal(metadata.OrderBy(p => p.Key, StringComparer.Ordinal), file.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal));
            foreach (var (shape, elements) in tensors)
            {
                Assert.Equal(shape.Shape, Assert.Single(file.Tensors, there => there.Name == shape.Name).Shape);
                Assert.Equal(elements.Select(BitConverter.SingleToUInt32Bits), file.Read(shape.Name).ToArray().Select(BitConverter.SingleToUInt32Bits));
            }

            Assert.Equal(0, (8 + BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(_folder["m.safetensors"]))) % 64);
        }, iter: 100, threads: 1);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8, "only F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "outside the 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "but the file has")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,8]}}""", 8, "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "instead of 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "does not follow the format")]
    [InlineData("""{"a":7}""", 0, "does not follow the format")]
    [InlineData("""[]""", 0, "does not follow the format")]
    [InlineData("""{"a":""", 0, "does not follow the format")]
    public void A_malformed_file_is_refused(string header, int dataBytes, string? problem)
    {
        var bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));
        var path = _folder.Bytes("m.safetensors", bytes);
        if (problem is null) SafetensorsFile.Open(path).Dispose();
        else AssertRefused(path, problem);
    }

    [Theory]
    [InlineData(new byte[0], "shorter than its header")]
    [InlineData(new byte[] { 1, 2, 3 }, "shorter than its header")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "at most 100,000,000")]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0 }, "the file has only 8")]
    public void An_impossible_header_is_refused(byte[] bytes, string problem) =>
        AssertRefused(_folder.Bytes("m.safetensors", bytes), problem);

    [Fact]
    public void An_unknown_tensor_is_refused_and_the_known_ones_are_named()
    {
        SafetensorsFile.Write(_folder["m.safetensors"], [(new TensorShape("weights", [1]), [1f])]);
        using var file = SafetensorsFile.Open(_folder["m.safetensors"]);
        var error = Assert.Throws<KindredException>(() => file.Read("bias").Length);
        Assert.Contains("'weights'", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string problem)
    {
        var error = Assert.Throws<KindredException>(() => SafetensorsFile.Open(path));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
