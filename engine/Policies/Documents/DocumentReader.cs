namespace Interven.Engine.Policies.Documents;

/// <summary>Reads the outer object of a policy.</summary>
static class DocumentReader
{
    /// <summary><c>policy_id</c> and <c>version</c> are what the API answers with, so that an answer can be sent back; they are not read.</summary>
    public static readonly IReadOnlyList<string> Keys =
        ["name", "description", "env_name", "enabled", "mode", "compliance_tags", "rules", "policy_id", "version"];

    public static PolicyDocument? Read(ValueAt root)
    {
        if (!root.IsObject("A policy"))
            return null;
        root.KnowsOnly(Keys);
        var name = root.Member("name") is { } named ? named.String(200) : Missing(root, "name");
        var rules = Rules(root);
        var document = new PolicyDocument
        {
            Name = name ?? "",
            Description = Text(root.Member("description"), 4000) ?? "",
            EnvName = Text(root.Member("env_name"), 100),
            Enabled = root.Member("enabled")?.Boolean() ?? true,
            Mode = Mode(root.Member("mode")),
            ComplianceTags = root.Member("compliance_tags") is { } tags ? Tags(tags) : [],
            Rules = rules,
        };
        return root.Problems.Count > 0 ? null : document;
    }

    /// <summary>An optional text; null and, for descriptions, empty are as good as absent.</summary>
    public static string? Text(ValueAt? at, int maxLength) =>
        at is not { } value || value.Kind == DocumentKind.Null || value is { Kind: DocumentKind.String, Value.Text: "" } ? null : value.String(maxLength);

    static string? Missing(ValueAt root, string key)
    {
        root.Refuse($"`{key}` is required.");
        return null;
    }

    static PolicyMode Mode(ValueAt? at)
    {
        switch (at?.Value)
        {
            case null or { Kind: DocumentKind.String, Text: "enforce" }:
                return PolicyMode.Enforce;
            case { Kind: DocumentKind.String, Text: "monitor" }:
                return PolicyMode.Monitor;
            default:
                at.Value.Refuse("The mode is `enforce` or `monitor`.");
                return default;
        }
    }

    static IReadOnlyList<string> Tags(ValueAt at)
    {
        if (at is { Kind: DocumentKind.List, Value.Items.Count: 0 })
            return [];
        return at.Each(entry =>
        {
            if (entry.String(100) is not { } tag)
                return null;
            if (ComplianceTags.FaultOf(tag) is not { } fault)
                return tag;
            entry.Refuse(fault);
            return null;
        }) ?? [];
    }

    static IReadOnlyList<PolicyRule> Rules(ValueAt root)
    {
        if (root.Member("rules") is not { } rules)
        {
            root.Refuse("`rules` is required.");
            return [];
        }
        if (rules.Kind != DocumentKind.List)
            rules.Refuse("`rules` is a list of rules.");
        else if (rules.Value.Items.Count == 0)
            rules.Refuse("A policy has at least one rule.");
        else if (rules.Value.Items.Count > PolicyDocument.MaxRules)
            rules.Refuse($"A policy has at most {PolicyDocument.MaxRules} rules; this one has {rules.Value.Items.Count}.");
        else
        {
            var ids = RuleIds.Of(rules);
            return [.. rules.Value.Items.Select((item, i) => RuleReader.Read(rules with { Value = item, Path = $"{rules.Path}[{i}]" }, ids[i]))];
        }
        return [];
    }
}
