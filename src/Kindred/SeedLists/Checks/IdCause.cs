namespace Kindred.SeedLists.Checks;

/// <summary>The likely cause why users of a list are not in the population.</summary>
public enum IdCause
{
    /// <summary>No tried cause explains it, and the ids look alike: it may be another population, or users who came later.</summary>
    OtherUsers,

    /// <summary>Nothing that was tried explains it, and ids of the list look different: it may be another kind of id.</summary>
    OtherIds,

    /// <summary>Upper and lower case differ.</summary>
    LetterCase,

    /// <summary>The ids contain white space.</summary>
    WhiteSpace,

    /// <summary>Numbers were written with a fraction: 17.0.</summary>
    Fraction,

    /// <summary>Leading zeros were lost or added.</summary>
    LeadingZeros,

    /// <summary>One of them has a prefix before its numbers, such as user_17 for 17.</summary>
    Prefix,

    /// <summary>Unicode has several forms of some letters, such as é: the list has another one.</summary>
    UnicodeForm,

    /// <summary>Numbers were written as 1.23E+15: their last digits are lost.</summary>
    ScientificNotation,

    /// <summary>Long numbers were rounded, to 15 digits by a spreadsheet or to a float64.</summary>
    Rounded,

    /// <summary>The ids are those of the population's items, not of its users.</summary>
    OtherTable,

    /// <summary>Most users of the list match, and the others are written alike: they are not in the population.</summary>
    Absent,

    /// <summary>E-mail addresses: upper case, tags after '+', dots of Gmail.</summary>
    EmailForm,

    /// <summary>Hyphens, braces and other punctuation: 6f9619ff-8b86 and 6F9619FF8B86.</summary>
    Punctuation,

    /// <summary>The list holds SHA-256 hashes of the population's ids.</summary>
    ListIsSha256,

    /// <summary>The list holds SHA-1 hashes of the population's ids.</summary>
    ListIsSha1,

    /// <summary>The list holds MD5 hashes of the population's ids.</summary>
    ListIsMd5,

    /// <summary>The population's ids are SHA-256 hashes of the list's.</summary>
    PopulationIsSha256,

    /// <summary>The population's ids are SHA-1 hashes of the list's.</summary>
    PopulationIsSha1,

    /// <summary>The population's ids are MD5 hashes of the list's.</summary>
    PopulationIsMd5,

    /// <summary>The list looks hashed and the population does not, but plain hashes of its ids are not those: they may be salted.</summary>
    OtherHash,

    /// <summary>The list was read as hashes that no user has: another salt, another spelling of the hashed ids, or other users.</summary>
    HashUnknown,

    /// <summary>The list was read as hashes of the population's ids, which look like such hashes themselves.</summary>
    AlreadyHashed,

    /// <summary>Both hold what look like hashes, of other functions.</summary>
    OtherFunction,

    /// <summary>The list holds what look like e-mail addresses, and the population does not: another kind of id.</summary>
    EmailAddresses,

    /// <summary>The list holds what look like phone numbers, and the population does not: another kind of id.</summary>
    PhoneNumbers,
}
