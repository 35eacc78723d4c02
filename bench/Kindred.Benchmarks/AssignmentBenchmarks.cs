using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Kindred.Experiments.Assignment;

namespace Kindred.Benchmarks;

/// <summary>The cost of looking up a unit's arm, with XXH64 and, for comparison, with SHA-256.</summary>
public class AssignmentBenchmarks
{
    private static readonly AssignmentArm[] _arms = [new("control", 50), new("treatment", 50)];

    private readonly UnitAssignment _plain = new("checkout", _arms);
    private readonly UnitAssignment _layered = new("checkout", _arms, new AssignmentLayer("ads", 0, AssignmentLayer.Buckets),
        Enumerable.Range(0, 100_000).Select(i => $"x{i:D7}"));
    private readonly byte[][] _ids = [.. Enumerable.Range(0, 1024).Select(i => Encoding.UTF8.GetBytes($"u{i:D7}"))];
    private int _next;

    [Benchmark(Baseline = true)]
    public int TwoArms() => _plain.Arm(_ids[_next++ & 1023]);

    [Benchmark]
    public int LayerAndExclusions() => _layered.Arm(_ids[_next++ & 1023]);

    /// <summary>The first eight bytes of SHA-256 over salt, line feed and id.</summary>
    [Benchmark]
    public ulong Sha256()
    {
        Span<byte> text = stackalloc byte[64], digest = stackalloc byte[SHA256.HashSizeInBytes];
        var id = _ids[_next++ & 1023];
        "checkout\n"u8.CopyTo(text);
        id.CopyTo(text[9..]);
        SHA256.HashData(text[..(9 + id.Length)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
