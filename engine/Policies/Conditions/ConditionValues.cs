using System.Globalization;
using Interven.Contracts;
using Interven.Engine.Policies.Documents;

namespace Interven.Engine.Policies.Conditions;

/// <summary>Reads the values of conditions that are not about a path.</summary>
static class ConditionValues
{
    public static Condition? DataClasses(ValueAt at)
    {
        var any = Contracts.DataClasses.None;
        var read = at.Each(entry =>
        {
            if (entry.String() is not { } word)
                return null;
            if (Words.TryParseDataClass(word, out var one))
            {
                any |= one;
                return word;
            }
            entry.Refuse($"`{ValueAt.Shown(word)}` is no data class; these are: SECRETS, PII, PCI, PHI, INTERNAL.");
            return null;
        });
        return read is null ? null : new DataClassCondition(any);
    }

    public static Condition? MinConfidence(ValueAt at)
    {
        if (at.String() is not { } word)
            return null;
        if (Words.TryParseConfidence(word, out var least))
            return new MinConfidenceCondition(least);
        at.Refuse("A confidence is `LOW`, `MEDIUM` or `HIGH`.");
        return null;
    }

    public static Condition? Kinds(ValueAt at)
    {
        var kinds = at.Each(entry =>
        {
            if (entry.String(64) is not { } kind || kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
                return entry.Kind == DocumentKind.String ? entry.Value.Text : null;
            entry.Refuse("A kind is written in lower case with `_`, such as `credit_card`.");
            return null;
        });
        return kinds is null ? null : new KindCondition(kinds);
    }

    public static Condition? Contains(ValueAt at, bool wantsAll) =>
        at.Strings() is { } texts ? new BodyContainsCondition(wantsAll, texts) : null;

    public static Condition? BodySize(ValueAt at) => at.Integer(0, int.MaxValue) is { } bytes ? new BodySizeCondition(bytes) : null;

    public static Condition? TimeOfDay(ValueAt at)
    {
        if (!at.IsObject("`time_of_day_outside`"))
            return null;
        at.KnowsOnly(["start", "end", "tz"]);
        var start = Time(at, "start");
        var end = Time(at, "end");
        var tz = at.Member("tz") is { } zone ? zone.String(64) : "UTC";
        if (start is not { } from || end is not { } to || tz is null)
            return null;
        if (from == to)
            at.Refuse("`start` and `end` are the same, so the window is empty.");
        else if (TimeOfDayCondition.Create(from, to, tz) is { } condition)
            return condition;
        else
            at.Member("tz")!.Value.Refuse($"`{ValueAt.Shown(tz)}` is no time zone; use an IANA name such as `Europe/Berlin`.");
        return null;
    }

    static TimeOnly? Time(ValueAt at, string name)
    {
        if (at.Member(name) is not { } value)
            at.Refuse($"`{name}` is required.");
        else if (value.Kind == DocumentKind.String
            && TimeOnly.TryParseExact(value.Value.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        else
            value.Refuse("A time of day is written `HH:mm`, from `00:00` to `23:59`.");
        return null;
    }
}
