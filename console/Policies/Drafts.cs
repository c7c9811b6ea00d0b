using System.Text.Json;
using Interven.Engine.Policies;

namespace Interven.Console.Policies;

/// <summary>Drafts on their way to the API.</summary>
static class Drafts
{
    /// <summary>A document in either spelling as the JSON that it means; null where it cannot be read.</summary>
    public static JsonElement? AsJson(string text)
    {
        if (PolicyReader.Read(text).Document is not { } policy)
            return null;
        using var json = JsonDocument.Parse(policy.ToCanonicalJson());
        return json.RootElement.Clone();
    }
}
