using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Reports.Tests.Pages;

/// <summary>The system's Chromium without a window, with one tab, driven over the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Debian's program.</summary>
    public const string Program = "/usr/bin/chromium";

    private const string Listening = "DevTools listening on ";

    // A browser that hangs must not stop the tests.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private string? _session;
    private int _last;

    private Chromium(Process process, DirectoryInfo profile)
    {
        (_process, _profile) = (process, profile);
    }

    /// <summary>Starts the browser with an empty tab.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("kindred-chromium-");
        var start = new ProcessStartInfo(Program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var browser = new Chromium(Process.Start(start)!, profile);
        await browser.ConnectAsync();
        return browser;
    }

    /// <summary>Opens a page.</summary>
    public async Task OpenAsync(string file)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        // With scripts switched off, no event would tell.
        while ((string)(await EvaluateAsync("document.readyState"))! != "complete") await Task.Delay(5);
    }

    /// <summary>Sets the width of the window in CSS pixels.</summary>
    public Task SetWidthAsync(int width) => SendAsync("Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>Sets the colour scheme that the reader prefers, and the medium: screen or print.</summary>
    public Task SetMediaAsync(string scheme, string medium = "screen") => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["media"] = medium,
        ["features"] = new JsonArray(
            new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme },
            new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
    });

    /// <summary>Switches the scripts of pages on or off; those of tests still run.</summary>
    public Task SetScriptsAsync(bool on) => SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !on });

    /// <summary>Evaluates a JavaScript expression in the page, and waits if it is a promise.</summary>
    /// <returns>Its value.</returns>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var result = await SendAsync("Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(result["exceptionDetails"] is null, result.ToJsonString());
        return result["result"]!["value"];
    }

    /// <summary>Presses and releases a key.</summary>
    public async Task PressAsync(string key, string text)
    {
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = key, ["text"] = text });
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>A picture of the whole page.</summary>
    public async Task<byte[]> ScreenshotAsync()
    {
        var result = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        return Convert.FromBase64String(result["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task ConnectAsync()
    {
        string? line;
        do line = await _process.StandardError.ReadLineAsync();
        while (line is not null && !line.StartsWith(Listening, StringComparison.Ordinal));
        Assert.True(line is not null, $"{Program} ended before it could be used.");

        // A full pipe would stop the browser.
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Listening.Length..]), default);
        var targets = await SendAsync("Target.getTargets", []);
        var tab = targets["targetInfos"]!.AsArray().First(target => target!["type"]!.GetValue<string>() == "page")!["targetId"]!;
        var attached = await SendAsync("Target.attachToTarget",
            new JsonObject { ["targetId"] = tab.DeepClone(), ["flatten"] = true });
        _session = attached["sessionId"]!.GetValue<string>();
    }

    /// <summary>Sends a command and waits for its answer; events that arrive before it are not needed.</summary>
    private async Task<JsonObject> SendAsync(string method, JsonObject parameters)
    {
        var message = new JsonObject { ["id"] = ++_last, ["method"] = method, ["params"] = parameters };
        if (_session is not null) message["sessionId"] = _session;
        using var patience = new CancellationTokenSource(_patience);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        JsonObject answer;
        do answer = await ReceiveAsync(patience.Token);
        while (answer["id"]?.GetValue<int>() != _last);
        Assert.True(answer["error"] is null, $"{method}: {answer["error"]}");
        return answer["result"]!.AsObject();
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!.AsObject();
    }
}
