using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>any_of</c> and <c>none_of</c>: whole conditions, each the AND of its keys.</summary>
public sealed record GroupCondition(bool WantsNone, IReadOnlyList<IReadOnlyList<Condition>> Members)
    : Condition(WantsNone ? "none_of" : "any_of")
{
    readonly Condition[][] members = [.. Members.Select(ConditionList.InOrder)];

    internal override Cost Cost => Cost.Group;

    internal override DataClasses RestrictedClasses =>
        WantsNone ? DataClasses.None : Each.Aggregate(DataClasses.None, (classes, one) => classes | one.RestrictedClasses);

    internal override IEnumerable<string> RestrictedKinds => WantsNone ? [] : Each.SelectMany(one => one.RestrictedKinds);

    IEnumerable<Condition> Each => Members.SelectMany(member => member);

    internal override Condition Bind(SubstringTable substrings) =>
        new GroupCondition(WantsNone, [.. Members.Select(member => (IReadOnlyList<Condition>)[.. member.Select(one => one.Bind(substrings))])]);

    internal override Truth Judge(ref Inquiry inquiry)
    {
        var any = Truth.False;
        foreach (var member in members)
        {
            any = any.Or(ConditionList.JudgeAll(member, ref inquiry, out _));
            if (any == Truth.True)
                break;
        }
        return any.Is(!WantsNone);
    }

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray(Key);
        foreach (var member in Members)
        {
            json.WriteStartObject();
            foreach (var one in member)
                one.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
