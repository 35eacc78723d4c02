namespace Kindred.Ids;

/// <summary>A difference between ways of writing an id that normalisation removes.</summary>
[Flags]
public enum IdForms
{
    /// <summary>None: ids are kept byte for byte.</summary>
    None = 0,

    /// <summary>White space and invisible characters around the id.</summary>
    Trim = 1,

    /// <summary>Upper and lower case.</summary>
    Lower = 2,

    /// <summary>Unicode's forms of one character, such as é: the composed one (NFC) is taken.</summary>
    Nfc = 4,

    /// <summary>The fraction of a whole number: 17 for 17.0, which tools write for a column with gaps.</summary>
    Digits = 8,
}
