using System.Globalization;

namespace Interven.Console.Pieces;

/// <summary>How times are written: in the reader's own zone, and as UTC where somebody asks.</summary>
static class Moments
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", Plain);

    /// <summary>The time alone for the last day, the date with it before.</summary>
    public static string Local(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (here, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        return here.Date == today.Date ? here.ToString("HH:mm:ss", Plain)
            : here.Year == today.Year ? here.ToString("d MMM HH:mm", Plain)
            : here.ToString("d MMM yyyy HH:mm", Plain);
    }

    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var past = now - at;
        return past.TotalSeconds < 0 ? "in " + Span(-past) : past.TotalSeconds < 5 ? "just now" : Span(past) + " ago";
    }

    /// <summary>One unit, as people say it: <c>4 min</c>, <c>3 days</c>.</summary>
    public static string Span(TimeSpan span) =>
        span.TotalSeconds < 60 ? $"{(int)span.TotalSeconds} s"
        : span.TotalMinutes < 60 ? $"{(int)span.TotalMinutes} min"
        : span.TotalHours < 48 ? $"{(int)span.TotalHours} h"
        : $"{(int)span.TotalDays} days";

    /// <summary>All of it, in the units that it fills: <c>1 h 30 min</c>.</summary>
    public static string Whole(TimeSpan span) => string.Join(' ', new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s") }
        .Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));

    /// <summary>What is left of a wait, as a clock: <c>9:59</c>, <c>1:00:00</c>.</summary>
    public static string Countdown(TimeSpan left) =>
        left <= TimeSpan.Zero ? "0:00" : left.TotalHours >= 1 ? left.ToString(@"h\:mm\:ss", Plain) : left.ToString(@"m\:ss", Plain);

    public static string Number(long count) => count.ToString("#,0", Plain);

    public static string Duration(long microseconds) =>
        microseconds < 1000 ? $"{microseconds} µs" : microseconds < 1_000_000 ? (microseconds / 1000.0).ToString("0.0 ms", Plain) : (microseconds / 1e6).ToString("0.0 s", Plain);
}
