namespace Kindred.Reports;

/// <summary>The design tokens of pages and figures: colours, type and measures. Everything that is drawn takes them from here.</summary>
internal static class DesignTokens
{
    /// <summary>Colours in light mode, as CSS custom properties. Series 0 to 4 use the colour-blind-safe palette of Okabe and Ito (2008).</summary>
    public const string LightColors = """
          --ground: #fbfbfa; --card: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d9dde2; --grid: #e8ebee;
          --c0: #0072b2; --c1: #d55e00; --c2: #7a828b; --c3: #009e73; --c4: #1b1f24;
        """;

    /// <summary>The same colours in dark mode: the palette's lighter half.</summary>
    public const string DarkColors = """
            --ground: #14171b; --card: #1b1f24; --ink: #e8eaed; --soft: #a3abb5; --rule: #363c44; --grid: #2a2f36;
            --c0: #56b4e9; --c1: #e69f00; --c2: #8f98a3; --c3: #2fc79b; --c4: #e8eaed;
        """;

    /// <summary>The font of text, in CSS: size, line height and families. Nothing is downloaded.</summary>
    public const string Font = """16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif""";

    /// <summary>The widest that text and figures become, in CSS.</summary>
    public const string PageWidth = "860px";

    /// <summary>The corner radius of cards, figures and code blocks, in CSS.</summary>
    public const string CornerRadius = "10px";

    /// <summary>The width of every figure, in drawing units; the page scales it.</summary>
    public const double FigureWidth = 760;

    /// <summary>The height of a row of a dot plot or interval plot, in drawing units.</summary>
    public const double RowHeight = 22;

    /// <summary>The number of series that differ in colour, shape and dash.</summary>
    public const int SeriesStyles = 5;
}
