using System.Text.Json;

namespace Interven.Engine.Policies.Matching;

/// <summary>One key of a rule's <c>match</c> with its values: holds where any value does.</summary>
public abstract record MatchClause(MatchKey Key)
{
    internal abstract bool Holds(PolicyFacts facts, string operation);

    internal abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>A list of names or patterns.</summary>
    public sealed record Patterns(MatchKey Key, IReadOnlyList<MatchPattern> Any) : MatchClause(Key)
    {
        readonly MatchPattern[] any = [.. Any];

        /// <summary>The names, where all are plain names of what the key asks for: what rules are indexed by. Else null.</summary>
        internal IReadOnlyList<string>? Names =>
            Array.TrueForAll(any, pattern => pattern is { Field: MatchField.Own, Glob.Literal: not null }) ? [.. any.Select(pattern => pattern.Glob.Literal!)] : null;

        internal override bool Holds(PolicyFacts facts, string operation)
        {
            foreach (var pattern in any)
            {
                var value = pattern.Field switch
                {
                    MatchField.Category => facts.Call.Category,
                    MatchField.Method => facts.Call.Method,
                    _ => Key.Of(facts, operation),
                };
                if (value is not null && pattern.Glob.Matches(Trimmed(value, pattern)))
                    return true;
            }
            return false;
        }

        ReadOnlySpan<char> Trimmed(string value, MatchPattern pattern) => Key.Values switch
        {
            MatchValues.Channel => value.AsSpan().TrimStart('#'),
            MatchValues.Url when !pattern.Text.Contains("://", StringComparison.Ordinal) =>
                value.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme ? value.AsSpan(scheme + 3) : value,
            _ => value,
        };

        internal override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteStartArray(Key.Name);
            foreach (var pattern in any)
                json.WriteStringValue(pattern.Text);
            json.WriteEndArray();
        }
    }

    /// <summary><c>aws_tags</c>: every tag named must be there with a value that one of its patterns takes.</summary>
    public sealed record Tags(MatchKey Key, IReadOnlyList<KeyValuePair<string, IReadOnlyList<Glob>>> All) : MatchClause(Key)
    {
        internal override bool Holds(PolicyFacts facts, string operation)
        {
            var tags = facts.Call.Resource.AwsTags;
            return tags is not null && All.All(wanted => tags.Any(tag =>
                string.Equals(tag.Key, wanted.Key, StringComparison.OrdinalIgnoreCase) && wanted.Value.Any(glob => glob.Matches(tag.Value))));
        }

        internal override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteStartObject(Key.Name);
            foreach (var (name, globs) in All)
            {
                json.WriteStartArray(name);
                foreach (var glob in globs)
                    json.WriteStringValue(glob.Text);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
    }
}

/// <summary>What a pattern is held against: what its key asks for, or (in <c>operations</c>) <c>category:x</c> and <c>method:POST</c>.</summary>
public enum MatchField : byte { Own, Category, Method }

/// <summary>One value of a match list.</summary>
/// <param name="Text">As written.</param>
/// <param name="Field">What it is held against.</param>
/// <param name="Glob">The pattern itself.</param>
public sealed record MatchPattern(string Text, MatchField Field, Glob Glob);
