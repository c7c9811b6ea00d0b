using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary>One key of a rule's <c>condition</c> with its value.</summary>
/// <param name="Key">Its name in canonical documents.</param>
public abstract record Condition(string Key)
{
    /// <summary>Judged in this order, so that what reads the body comes last.</summary>
    internal virtual Cost Cost => Cost.Field;

    /// <summary>Data classes that a rule with this condition keeps from going out.</summary>
    internal virtual DataClasses RestrictedClasses => DataClasses.None;

    /// <summary>Kinds that a rule with this condition keeps from going out.</summary>
    internal virtual IEnumerable<string> RestrictedKinds => [];

    /// <summary>The reason code that this condition gives, where it gives one.</summary>
    internal virtual string? ReasonCode => null;

    /// <summary>The same condition bound to a set's table of substrings.</summary>
    internal virtual Condition Bind(SubstringTable substrings) => this;

    internal abstract Truth Judge(ref Inquiry inquiry);

    /// <summary>Writes key and value.</summary>
    internal abstract void WriteTo(Utf8JsonWriter json);
}

/// <summary>What judging a condition costs, roughly.</summary>
enum Cost : byte { Field, Findings, Path, Text, Group }
