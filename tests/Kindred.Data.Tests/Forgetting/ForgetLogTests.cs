using Kindred.Data.Forgetting;

namespace Kindred.Data.Tests.Forgetting;

public sealed class ForgetLogTests : IDisposable
{
    private static readonly ForgetEntry _entry = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)), "Zoë's desk", 2, "12ab", ["population: 1 user"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_entry_is_one_line()
    {
        ForgetLog.Append(_folder["log"], _entry);
        ForgetLog.Append(_folder["log"], _entry with { Users = 3, Rewritten = [] });
        Assert.Equal(
            """
            {"when":"2026-03-04T03:06:07+00:00","by":"Zoë's desk","users":2,"tombstones":"12ab","rewritten":["population: 1 user"]}
            {"when":"2026-03-04T03:06:07+00:00","by":"Zoë's desk","users":3,"tombstones":"12ab","rewritten":[]}

            """, File.ReadAllText(_folder["log"]));
    }

    [Fact]
    public void A_line_that_was_cut_off_does_not_damage_the_next()
    {
        _folder.Text("log", "{\"when\":\"20");
        ForgetLog.Append(_folder["log"], _entry);
        var lines = File.ReadAllLines(_folder["log"]);
        Assert.Equal("{\"when\":\"20", lines[0]);
        Assert.StartsWith("{\"when\":\"2026", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_an_error() =>
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => ForgetLog.Append(_folder["nowhere/log"], _entry)).Kind);
}
