using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>NumPy files, built byte by byte.</summary>
internal static class NumpyBytes
{
    /// <summary>A header in NumPy's layout, followed by any data.</summary>
    public static byte[] Of(string header, params byte[] data) => WithVersion(1, header, data);

    /// <summary>A float32 array with the given shape in its header.</summary>
    public static byte[] Floats(string shape, params float[] values) =>
        Of($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}", [.. values.SelectMany(BitConverter.GetBytes)]);

    public static byte[] WithVersion(byte version, string header, params byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, version, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }
}
