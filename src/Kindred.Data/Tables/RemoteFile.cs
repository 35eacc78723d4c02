namespace Kindred.Data.Tables;

/// <summary>Recognises addresses where a file is expected.</summary>
internal static class RemoteFile
{
    private static readonly string[] _schemes =
        ["http://", "https://", "ftp://", "s3://", "s3a://", "gs://", "az://", "abfs://", "abfss://", "wasbs://", "hdfs://", "file://"];

    public static bool Is(string file) => _schemes.Any(scheme => file.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    public static KindredException Refuse(string file)
    {
        var scheme = file[..file.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();
        var get = scheme switch
        {
            "http" or "https" or "ftp" => "curl -fL URL",
            "s3" or "s3a" => "aws s3 cp URL -",
            "gs" => "gcloud storage cat URL",
            "hdfs" => "hdfs dfs -cat URL",
            "file" => "",
            _ => "azcopy copy URL",
        };
        return Errors.BadFile("address_as_file", file, "this is an address, and files are read from the disk only",
            get.Length == 0 ? "Give the path alone, without file://"
                : $"Download it first; or pipe a CSV or JSON lines file into standard input, as in `{get} | … -`");
    }
}
