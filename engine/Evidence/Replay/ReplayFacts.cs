using Interven.Engine.Normalising;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence.Replay;

/// <summary>Reads what <see cref="ContextFacts"/> wrote, back into the facts that rules ask for.</summary>
static class ReplayFacts
{
    public static (ToolCall Call, AgentFacts? Agent) Of(DecisionRecord record)
    {
        using var tree = record.ContextFacts.Length == 0 ? null : JsonTree.Parse(record.ContextFacts, out _);
        var call = tree is null ? -1 : tree.Child(0, "call");
        var read = Call(record, tree, call);
        var unclaimed = tree is null || call < 0 ? -1 : tree.Child(call, "unclaimed");
        if (unclaimed >= 0)
            read = read with { Unclaimed = Unclaimed(Call(record, tree, unclaimed), new RecordFields(tree!, unclaimed), read) };
        return (read, tree is null ? null : Agent(tree));
    }

    static ToolCall Call(DecisionRecord record, JsonTree? tree, int node)
    {
        string? Word(string name) => tree is not null && node >= 0 ? tree.ChildString(node, name) : null;
        bool? Flag(string name)
        {
            var child = tree is null || node < 0 ? -1 : tree.Child(node, name);
            return child < 0 ? null : tree!.Nodes[child].Kind == JsonKind.True;
        }
        var scheme = record.Url.IndexOf("://", StringComparison.Ordinal) is var at and > 0 ? record.Url[..at] : "";
        return new()
        {
            Method = record.Method,
            Url = record.Url,
            Scheme = scheme,
            Host = Uri.TryCreate(record.Url, UriKind.Absolute, out var url) ? url.Host : "",
            Tool = record.Tool,
            Operation = Word("derived_operation") ?? record.Operation,
            GivenOperation = Word("given_operation"),
            ShownOperation = record.Operation,
            Verb = record.Verb,
            Category = Word("category"),
            UrlIsKnown = Flag("url_is_known") ?? false,
            IsExternal = Flag("is_external") ?? true,
            Resource = new()
            {
                Org = Word("org"), Repo = Word("repo"), Channel = Word("channel"), Region = Word("region"), Account = Word("account"),
                IsExternalPrincipal = Flag("is_external_principal"),
            },
        };
    }

    static ToolCall Unclaimed(ToolCall call, RecordFields from, ToolCall claimed)
    {
        var operation = from.Has("operation") ? from.Text("operation") : call.Operation;
        return call with
        {
            Tool = from.Text("tool"),
            Operation = operation,
            ShownOperation = operation,
            Verb = from.Verb("verb"),
            IsExternal = claimed.IsExternal,
        };
    }

    static AgentFacts? Agent(JsonTree tree)
    {
        var node = tree.Child(0, "agent");
        if (node < 0 || tree.Nodes[node].Kind != JsonKind.Object)
            return null;
        var from = new RecordFields(tree, node);
        bool Flag(string name) => tree.Child(node, name) is >= 0 and var child && tree.Nodes[child].Kind == JsonKind.True;
        return new()
        {
            Trust = from.Figure("trust"),
            Scans = from.Whole("scans"),
            NewDestination = Flag("new_destination"),
            NewOperation = Flag("new_operation"),
            UnusualHour = Flag("unusual_hour"),
            UnusualSize = Flag("unusual_size"),
            VolumeBurst = Flag("volume_burst"),
            BurstFactor = from.Figure("burst_factor"),
            MutationsLastMinute = (int)from.Whole("mutations_last_minute"),
            CredentialsInSession = (int)from.Whole("credentials_in_session"),
            SecondsSinceIamCreate = from.Has("seconds_since_iam_create") ? from.Figure("seconds_since_iam_create") : null,
        };
    }
}
