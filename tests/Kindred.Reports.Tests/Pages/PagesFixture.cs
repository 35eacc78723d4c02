namespace Kindred.Reports.Tests.Pages;

/// <summary>The sample pages and one browser for all tests of pages.</summary>
/// <remarks>Pages and pictures of them stay in the folder that KINDRED_PAGES names, to look at.</remarks>
public sealed class PagesFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("kindred-pages-");
    private Chromium? _browser;

    internal static string? Kept { get; } = Environment.GetEnvironmentVariable("KINDRED_PAGES");

    /// <summary>The pages by name.</summary>
    internal SortedDictionary<string, string> Pages { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Pages = SamplePages.Make(_work.FullName);
        foreach (var (name, html) in Pages) await File.WriteAllTextAsync(FileOf(name), html);
        if (File.Exists(Chromium.Program)) _browser = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _work.Delete(recursive: true);
    }

    /// <summary>The file of a page.</summary>
    internal string FileOf(string page) =>
        Path.Combine(Kept is null ? _work.FullName : Directory.CreateDirectory(Kept).FullName, page + ".html");

    /// <summary>The browser, with its usual settings; skips the test if there is none.</summary>
    internal async Task<Chromium> BrowserAsync()
    {
        if (_browser is null) Assert.Skip($"{Chromium.Program} is missing: Debian's package chromium has it.");
        await _browser.SetScriptsAsync(on: true);
        await _browser.SetMediaAsync("light");
        await _browser.SetWidthAsync(1280);
        return _browser;
    }
}
