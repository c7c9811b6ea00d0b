using Interven.Engine.Policies.Documents;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Conditions;

/// <summary>Reads the values of <c>body_path_*</c>.</summary>
static class PathConditionValues
{
    public static Condition? EqualTo(ValueAt at) =>
        Parts(at, "value") is var (path, value) && ScalarOf(value) is { } scalar
            ? new BodyPathValueCondition("body_path_equals", path, [scalar])
            : null;

    public static Condition? In(ValueAt at)
    {
        if (Parts(at, "values") is not var (path, values))
            return null;
        if (values.Kind != DocumentKind.List)
            values.Refuse("`values` is a list.");
        else if (values.Entries() is { } entries)
        {
            var scalars = entries.Select(ScalarOf).ToList();
            if (!scalars.Contains(null))
                return new BodyPathValueCondition("body_path_in", path, [.. scalars.Select(scalar => scalar!.Value)]);
        }
        return null;
    }

    public static Condition? Number(ValueAt at, string key, Comparison comparison)
    {
        if (Parts(at, "value") is not var (path, value))
            return null;
        if (value.Kind == DocumentKind.Number && Amount.TryReadNumber(value.Value.Text, out var limit))
            return new BodyPathNumberCondition(key, path, comparison, limit);
        value.Refuse("A number is wanted here, without quotes, separators or currency.");
        return null;
    }

    public static Condition? Matches(ValueAt at)
    {
        if (Parts(at, "pattern") is not var (path, value) || value.String() is not { } pattern)
            return null;
        var condition = BodyPathMatchesCondition.Create(path, pattern, out var fault);
        if (condition is null)
            value.Refuse(fault);
        return condition;
    }

    static (JsonPath Path, ValueAt Value)? Parts(ValueAt at, string other)
    {
        if (!at.IsObject("The condition"))
            return null;
        at.KnowsOnly(["path", other]);
        if (at.Member("path") is null)
            at.Refuse("`path` is required.");
        if (at.Member(other) is null)
            at.Refuse($"`{other}` is required.");
        return at.Member("path") is { } path && ModifierReader.Path(path) is { } read && at.Member(other) is { } value ? (read, value) : null;
    }

    static Scalar? ScalarOf(ValueAt at)
    {
        switch (at.Kind)
        {
            case DocumentKind.String:
                return new(JsonKind.String, at.Value.Text, default);
            case DocumentKind.Number when Amount.TryReadNumber(at.Value.Text, out var amount):
                return new(JsonKind.Number, "", amount);
            case DocumentKind.Boolean:
                return new(at.Value.Text == "true" ? JsonKind.True : JsonKind.False, "", default);
            case DocumentKind.Null:
                return new(JsonKind.Null, "", default);
            default:
                at.Refuse("A text, number, `true`, `false` or `null` is wanted here.");
                return null;
        }
    }
}
