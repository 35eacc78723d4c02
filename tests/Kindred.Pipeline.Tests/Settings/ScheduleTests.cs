using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Tests.Settings;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("daily", "1111111")]
    [InlineData("paused", "0000000")]
    [InlineData("mon", "1000000")]
    [InlineData("thu, mon", "1001000")]
    [InlineData("SUN;sat", "0000011")]
    public void Is_due_on_its_days(string text, string week)
    {
        // 23 November 2026 is a Monday.
        var monday = new DateOnly(2026, 11, 23);
        var schedule = Schedule.TryParse(text)!;
        Assert.Equal(week, string.Concat(Enumerable.Range(0, 7).Select(day => schedule.IsDue(monday.AddDays(day)) ? '1' : '0')));
        Assert.Equal(schedule, Schedule.TryParse(schedule.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("someday")]
    [InlineData("mon,never")]
    public void Other_texts_are_not_schedules(string text) => Assert.Null(Schedule.TryParse(text));
}
