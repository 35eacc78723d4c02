using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Safetensors files, built byte by byte.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A header, followed by zeros as data.</summary>
    public static byte[] Of(string header, int dataBytes = 0) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
}
