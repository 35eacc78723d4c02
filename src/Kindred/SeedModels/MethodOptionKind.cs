namespace Kindred.SeedModels;

/// <summary>The type of a method option's values.</summary>
public enum MethodOptionKind
{
    /// <summary>A whole number, an <see cref="int"/>.</summary>
    WholeNumber,

    /// <summary>A number, a <see cref="double"/>.</summary>
    Number,

    /// <summary>One of <see cref="MethodOption.Choices"/>, a <see cref="string"/>.</summary>
    Choice,

    /// <summary>Yes or no, a <see cref="bool"/>.</summary>
    Flag,
}
