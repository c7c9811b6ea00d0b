using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>has_data_class</c>: a finding of one of the classes, sure enough.</summary>
public sealed record DataClassCondition(DataClasses Any) : Condition("has_data_class")
{
    /// <summary>The least confidence that counts; written as a key of its own.</summary>
    public Confidence Least { get; init; } = Confidence.Medium;

    internal override Cost Cost => Cost.Findings;

    internal override DataClasses RestrictedClasses => Any;

    internal override Truth Judge(ref Inquiry inquiry)
    {
        foreach (ref readonly var finding in inquiry.Facts.Findings.Items)
            if (finding.Confidence >= Least && (finding.Kind.RuleClasses & Any) != 0)
                return Truth.True;
        return Truth.False;
    }

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray(Key);
        foreach (var word in Any.EachWord())
            json.WriteStringValue(word);
        json.WriteEndArray();
    }
}

/// <summary><c>has_kind</c>: a finding of one of the kinds, sure enough.</summary>
public sealed record KindCondition(IReadOnlyList<string> Any) : Condition("has_kind")
{
    readonly string[] any = [.. Any];

    /// <summary>The least confidence that counts; written as a key of its own.</summary>
    public Confidence Least { get; init; } = Confidence.Medium;

    internal override Cost Cost => Cost.Findings;

    internal override IEnumerable<string> RestrictedKinds => Any;

    internal override Truth Judge(ref Inquiry inquiry)
    {
        foreach (ref readonly var finding in inquiry.Facts.Findings.Items)
            if (finding.Confidence >= Least && Names(finding.Kind))
                return Truth.True;
        return Truth.False;
    }

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteStrings(Key, any);

    bool Names(DataKind kind)
    {
        foreach (var name in any)
            if (string.Equals(name, kind.Name, StringComparison.Ordinal))
                return true;
        return false;
    }
}

/// <summary><c>has_data_class_min_confidence</c>: the least confidence that counts for its neighbours; alone, a finding of any class that is so sure.</summary>
public sealed record MinConfidenceCondition(Confidence Least) : Condition("has_data_class_min_confidence")
{
    internal override Cost Cost => Cost.Findings;

    internal override Truth Judge(ref Inquiry inquiry)
    {
        foreach (ref readonly var finding in inquiry.Facts.Findings.Items)
            if (finding.Confidence >= Least && finding.Kind.Classes != DataClasses.None)
                return Truth.True;
        return Truth.False;
    }

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteString(Key, Least.Word());
}
