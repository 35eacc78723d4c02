namespace Kindred.Reports;

/// <summary>The design tokens of pages and figures: colours, type and measures. Everything that is drawn takes them from here.</summary>
internal static class DesignTokens
{
    /// <summary>Colours in light mode, as CSS custom properties. Series 0 to 4 use the colour-blind-safe palette of Okabe and Ito (2008).</summary>
    public const string LightColors = """
          --ground: #fbfbfa; --card: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d9dde2; --edge: #767f8f; --grid: #e8ebee;
          --action: #0b5cad; --shade: rgb(27 31 36 / 0.28);
          --good: #0a6b49; --good-ground: #e6f4ec; --warning: #8a4b00; --warning-ground: #fff3dc; --bad: #b3261e; --bad-ground: #fdecea;
          --c0: #0072b2; --c1: #d55e00; --c2: #7a828b; --c3: #009e73; --c4: #1b1f24;
        """;

    /// <summary>The same colours in dark mode: the palette's lighter half.</summary>
    public const string DarkColors = """
            --ground: #14171b; --card: #1b1f24; --ink: #e8eaed; --soft: #a3abb5; --rule: #363c44; --edge: #7b8796; --grid: #2a2f36;
            --action: #7db7ff; --shade: rgb(190 205 225 / 0.34);
            --good: #5fd39a; --good-ground: #12301f; --warning: #f5b85c; --warning-ground: #33260f; --bad: #ff9a91; --bad-ground: #3a1b19;
            --c0: #56b4e9; --c1: #e69f00; --c2: #8f98a3; --c3: #2fc79b; --c4: #e8eaed;
        """;

    /// <summary>The font of text, in CSS: size, line height and families. Nothing is downloaded.</summary>
    public const string Font = """16px/24px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif""";

    /// <summary>The widest that tables become, in CSS.</summary>
    public const string PageWidth = "1200px";

    /// <summary>The widest that single figures become, in CSS.</summary>
    public const string FigureLimit = "860px";

    /// <summary>The corner radius of cards, figures and code blocks, in CSS.</summary>
    public const string CornerRadius = "10px";

    /// <summary>The width of a figure, in drawing units; the page scales it.</summary>
    public const double FigureWidth = 760;

    /// <summary>The width of a figure on a phone, and of one of several side by side, in drawing units.</summary>
    public const double NarrowWidth = 360;

    /// <summary>The window below which pages show narrow figures, in CSS.</summary>
    public const string NarrowWindow = "640px";

    /// <summary>The height of a row of a dot plot or interval plot, in drawing units.</summary>
    public const double RowHeight = 22;

    /// <summary>The number of series that differ in colour, shape and dash.</summary>
    public const int SeriesStyles = 5;
}
