namespace Interven.Engine.Normalising.Catalogue;

enum ResourceField : byte { Org, Repo, Channel, Region, Account, Principal }

enum AttributeSource : byte { Body, Query }

/// <summary>Where a resource attribute stands: <c>body.message.to</c> or <c>query.channel</c>. Arrays on the way are gone through.</summary>
sealed record AttributeRule(ResourceField Field, AttributeSource Source, string[] Steps)
{
    /// <summary>Null where the text is no such rule.</summary>
    public static AttributeRule? Parse(string attribute, string text)
    {
        if (!Enum.TryParse<ResourceField>(attribute, ignoreCase: true, out var which))
            return null;
        var steps = text.Split('.');
        return steps switch
        {
            ["query", _] => new(which, AttributeSource.Query, steps[1..]),
            ["body", _, ..] => new(which, AttributeSource.Body, steps[1..]),
            _ => null,
        };
    }
}
