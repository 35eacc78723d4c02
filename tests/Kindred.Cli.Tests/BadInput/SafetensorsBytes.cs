using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Safetensors files byte by byte.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A header and data of zeros.</summary>
    public static byte[] Of(string header, int dataBytes = 0) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
}
