namespace Interven.Grains.People;

/// <summary>How long sessions live (section <c>Interven:Sessions</c>).</summary>
public sealed class SessionTerms
{
    public const string Rule = "Interven:Sessions: IdleMinutes must be 1 to 1440, AbsoluteHours 1 to 168, ServiceDays 1 to 400.";

    /// <summary>A person's session ends when nothing is asked for so long: 1 to 1,440 minutes.</summary>
    public int IdleMinutes { get; set; } = 480;

    /// <summary>A person's session ends at the latest after so long: 1 to 168 hours.</summary>
    public int AbsoluteHours { get; set; } = 24;

    /// <summary>A service account's session for a cookie jar: 1 to 400 days.</summary>
    public int ServiceDays { get; set; } = 365;

    public static bool IsSane(SessionTerms options) => options is { IdleMinutes: >= 1 and <= 1440, AbsoluteHours: >= 1 and <= 168, ServiceDays: >= 1 and <= 400 };
}
