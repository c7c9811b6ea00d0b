using Interven.Contracts;

namespace Interven.Engine.Policies.Matching;

/// <summary>Every key of <c>match</c>, in canonical order.</summary>
public static class MatchKeys
{
    public static readonly MatchKey Tools = new("tool_name", ["tool_names", "tools"], MatchValues.Name,
        "The tool that the call goes to, as detected.", """["slack", "custom_proxy"]""", (facts, _) => facts.Call.Tool);

    public static readonly MatchKey Operations = new("operations", [], MatchValues.Operation,
        "The operation: a name, `*`, `category:x` for every operation of a category, or `method:POST` for a method.",
        """["post_message", "category:payments", "method:DELETE"]""", (_, operation) => operation);

    public static IReadOnlyList<MatchKey> All { get; } =
    [
        Tools,
        Operations,
        new("verbs", [], MatchValues.Verb, "What the operation does to its destination: `READ`, `WRITE` or `ADMIN`.",
            """["WRITE", "ADMIN"]""", (facts, _) => facts.Call.Verb.Word()),
        new("methods", [], MatchValues.Method, "The HTTP method.", """["POST", "PUT"]""", (facts, _) => facts.Call.Method),
        new("agent_ids", [], MatchValues.Pattern, "The agent's id. A caller may name any agent below its key, so this narrows, it does not protect.",
            """["kyc-*"]""", (facts, _) => facts.AgentId),
        new("agent_runtime_types", [], MatchValues.Pattern, "The agent's runtime type.", """["langgraph"]""", (facts, _) => facts.RuntimeType),
        new("url_patterns", [], MatchValues.Url, "The normalised URL; a pattern without `://` is held against the URL after its scheme.",
            """["https://pay.example.com/*"]""", (facts, _) => facts.Call.Url),
        new("org_patterns", [], MatchValues.Pattern, "The organisation or workspace that the call touches.", """["acme-*"]""", (facts, _) => facts.Call.Resource.Org),
        new("repo_patterns", [], MatchValues.Pattern, "The repository.", """["ledger", "core-*"]""", (facts, _) => facts.Call.Resource.Repo),
        new("channel_patterns", [], MatchValues.Channel, "The channel; a leading `#` makes no difference.", """["#ext-*"]""", (facts, _) => facts.Call.Resource.Channel),
        new("region_patterns", [], MatchValues.Pattern, "The cloud region.", """["us-*"]""", (facts, _) => facts.Call.Resource.Region),
        new("account_patterns", [], MatchValues.Pattern, "The account.", """["1234*"]""", (facts, _) => facts.Call.Resource.Account),
        new("principal_patterns", [], MatchValues.Pattern, "Who receives access or data: e-mail, user or role.", """["*@example.com"]""", (facts, _) => facts.Call.Resource.Principal),
        new("aws_tags", [], MatchValues.Tags, "Tags that the AWS resource must all have; each value is a pattern or a list of them.",
            """{"env": ["prod*"]}""", (_, _) => null),
    ];

    /// <summary>The key of that name or alias, or null.</summary>
    public static MatchKey? Find(string name) => All.FirstOrDefault(key => key.Name == name || key.Aliases.Contains(name));
}
