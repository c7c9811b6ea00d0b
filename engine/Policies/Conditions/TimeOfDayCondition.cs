using System.Globalization;
using System.Text.Json;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>time_of_day_outside</c>: local time in a zone is before the start or not before the end. A window whose end is earlier than its start runs over midnight.</summary>
public sealed record TimeOfDayCondition : Condition
{
    readonly TimeZoneInfo zone;

    TimeOfDayCondition(TimeOnly start, TimeOnly end, string tz, TimeZoneInfo zone) : base("time_of_day_outside") =>
        (Start, End, Tz, this.zone) = (start, end, tz, zone);

    /// <summary>First moment inside.</summary>
    public TimeOnly Start { get; }

    /// <summary>First moment outside again.</summary>
    public TimeOnly End { get; }

    /// <summary>IANA name.</summary>
    public string Tz { get; }

    /// <summary>Null where there is no such zone.</summary>
    public static TimeOfDayCondition? Create(TimeOnly start, TimeOnly end, string tz) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(tz, out var zone) ? new(start, end, tz, zone) : null;

    internal override Truth Judge(ref Inquiry inquiry)
    {
        var time = TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(inquiry.Facts.Now, zone).TimeOfDay);
        return Truths.Of(!time.IsBetween(Start, End));
    }

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject(Key);
        json.WriteString("start", Start.ToString("HH:mm", CultureInfo.InvariantCulture));
        json.WriteString("end", End.ToString("HH:mm", CultureInfo.InvariantCulture));
        json.WriteString("tz", Tz);
        json.WriteEndObject();
    }
}
