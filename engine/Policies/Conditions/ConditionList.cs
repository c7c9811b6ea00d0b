using System.Text.Json;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary>Several conditions of which all must hold.</summary>
static class ConditionList
{
    /// <summary>Cheapest first; the order of the document among the equally cheap.</summary>
    public static Condition[] InOrder(IReadOnlyList<Condition> conditions) => [.. conditions.OrderBy(one => one.Cost)];

    /// <summary>The AND of all; <paramref name="failed"/> is the first that does not hold, or -1.</summary>
    public static Truth JudgeAll(Condition[] conditions, ref Inquiry inquiry, out int failed)
    {
        var all = Truth.True;
        for (var i = 0; i < conditions.Length; i++)
        {
            all = all.And(JudgeOne(conditions[i], ref inquiry));
            if (all != Truth.False)
                continue;
            failed = i;
            return all;
        }
        failed = -1;
        return all;
    }

    /// <summary>A fault inside a condition is no answer, so it is unknown.</summary>
    static Truth JudgeOne(Condition condition, ref Inquiry inquiry)
    {
        try
        {
            return condition.Judge(ref inquiry);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Truth.Unknown;
        }
    }

    public static void WriteStrings(this Utf8JsonWriter json, string key, IReadOnlyList<string> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
