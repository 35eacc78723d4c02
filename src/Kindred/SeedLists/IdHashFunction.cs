namespace Kindred.SeedLists;

/// <summary>A function with which owners of lists hash user ids before they pass them on.</summary>
public enum IdHashFunction
{
    /// <summary>SHA-256 (FIPS 180-4): 32 bytes.</summary>
    Sha256,

    /// <summary>SHA-1 (FIPS 180-4): 20 bytes.</summary>
    Sha1,

    /// <summary>MD5 (RFC 1321): 16 bytes.</summary>
    Md5,
}
