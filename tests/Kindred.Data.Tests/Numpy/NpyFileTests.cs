using System.Diagnostics;
using System.Text;
using Kindred.Data.Numpy;

namespace Kindred.Data.Tests.Numpy;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_back_what_was_written() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 7], Gen.Int).Sample((rows, columns, seed) =>
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle()).ToArray();
        NpyFile.Write<float>(_folder["f.npy"], values, rows, columns);
        using var array = NpyFile.Map<float>(_folder["f.npy"], axes: 2);
        Assert.Equal([rows, columns], array.Shape);
        Assert.Equal(values, array.Memory.ToArray());
        Assert.Equal(0, (new FileInfo(_folder["f.npy"]).Length - (values.Length * sizeof(float))) % 64);
    }, iter: 100, threads: 1);

    [Fact]
    public void Numpy_reads_every_type_and_its_files_are_read()
    {
        if (!File.Exists("/usr/bin/python3")) Assert.Skip("There is no /usr/bin/python3 here.");
        NpyFile.Write<float>(_folder["f4.npy"], [1.5f, -2, 3, 4, 5, 6], 2, 3);
        NpyFile.Write<byte>(_folder["u1.npy"], [1, 255]);
        NpyFile.Write<int>(_folder["i4.npy"], [int.MinValue, 7]);
        NpyFile.Write<long>(_folder["i8.npy"], [long.MaxValue]);
        NpyFile.Write<float>(_folder["none.npy"], [], 0, 3);
        var output = Python("""
            import sys
            try:
                import numpy as np
            except ImportError:
                print("no numpy"); sys.exit()
            for name in ["f4", "u1", "i4", "i8", "none"]:
                a = np.load(name + ".npy", mmap_mode=None if name == "none" else "r")
                print(name, a.dtype, a.shape, a.ravel().tolist())
            np.save("theirs.npy", np.arange(6, dtype=np.float32).reshape(3, 2))
            np.save("fortran.npy", np.asfortranarray(np.arange(6, dtype=np.float32).reshape(3, 2)))
            """);
        if (output.Trim() == "no numpy") Assert.Skip("python3 has no numpy here.");
        Assert.Equal(
            "f4 float32 (2, 3) [1.5, -2.0, 3.0, 4.0, 5.0, 6.0]\nu1 uint8 (2,) [1, 255]\ni4 int32 (2,) [-2147483648, 7]\n"
            + "i8 int64 (1,) [9223372036854775807]\nnone float32 (0, 3) []\n", output);
        using var theirs = NpyFile.Map<float>(_folder["theirs.npy"], axes: 2);
        Assert.Equal([0f, 1, 2, 3, 4, 5], theirs.Memory.ToArray());
        Assert.Contains("Fortran order", Assert.Throws<KindredException>(() => NpyFile.Map<float>(_folder["fortran.npy"], axes: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_file_is_refused_by_name()
    {
        NpyFile.Write<int>(_folder["i4.npy"], [1, 2, 3]);
        var bytes = File.ReadAllBytes(_folder["i4.npy"]);
        Refused(() => NpyFile.Map<float>(_folder["i4.npy"]), "i4.npy", "<i4");
        Refused(() => NpyFile.Map<int>(_folder["i4.npy"], axes: 2), "i4.npy", "1 axes");
        Refused(() => NpyFile.Map<int>(_folder.Bytes("cut.npy", bytes[..^1])), "cut.npy", "cut off");
        Refused(() => NpyFile.Map<int>(_folder.Bytes("long.npy", [.. bytes, 0])), "long.npy", "its shape needs");
        Refused(() => NpyFile.Map<int>(_folder.Bytes("short.npy", bytes[..20])), "short.npy", "not a NumPy file");
        Refused(() => NpyFile.Map<int>(_folder.Text("text.npy", "a,b\n1,2\n")), "text.npy", "not a NumPy file");
        Refused(() => NpyFile.Map<int>(_folder["missing.npy"]), "missing.npy", "cannot be read");
        var huge = Encoding.Latin1.GetString(bytes).Replace("(3,), }     ", "(3000000000,),}", StringComparison.Ordinal);
        Refused(() => NpyFile.Map<int>(_folder.Bytes("huge.npy", Encoding.Latin1.GetBytes(huge))), "huge.npy", "more shards");
    }

    [Fact]
    public void Memory_of_a_closed_file_is_not_accessible()
    {
        NpyFile.Write<int>(_folder["i4.npy"], [1, 2, 3]);
        var array = NpyFile.Map<int>(_folder["i4.npy"]);
        var memory = array.Memory;
        array.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    private static void Refused(Action open, string file, string problem)
    {
        var error = Assert.Throws<KindredException>(open);
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private string Python(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
