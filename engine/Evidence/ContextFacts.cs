using Interven.Engine.Normalising;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence;

/// <summary>The facts that conditions can ask for besides the body, written for replay. No value of the body and nothing that was found is among them.</summary>
public static class ContextFacts
{
    /// <param name="call">The call.</param>
    /// <param name="agent">Null writes <c>"agent":null</c>: unknown then is unknown at replay.</param>
    /// <param name="conditions">What the policies kept, canonical JSON; empty for none.</param>
    /// <param name="isClean">False where something was found in the URL: then resource names, which stem from it, are left out.</param>
    public static byte[] Write(ToolCall call, AgentFacts? agent, ReadOnlySpan<byte> conditions, bool isClean)
    {
        using var json = new CanonicalJson(512);
        json.BeginObject().Name("agent");
        if (agent is null)
            json.Null();
        else
            Agent(json, agent);
        json.Name("call").BeginObject().Name("is_external").Bool(call.IsExternal).Name("url_is_known").Bool(call.UrlIsKnown);
        Word(json, "category", call.Category);
        if (isClean)
        {
            Word(json, "given_operation", call.GivenOperation);
            Resource(json, call.Resource);
        }
        if (call.Resource.IsExternalPrincipal is { } external)
            json.Name("is_external_principal").Bool(external);
        json.EndObject();
        if (!conditions.IsEmpty)
            json.Name("conditions").Raw(conditions);
        return json.EndObject().Written.ToArray();
    }

    static void Agent(CanonicalJson json, AgentFacts agent)
    {
        json.BeginObject()
            .Name("trust").Score(agent.Trust).Name("scans").Number(agent.Scans)
            .Name("new_destination").Bool(agent.NewDestination).Name("new_operation").Bool(agent.NewOperation)
            .Name("unusual_hour").Bool(agent.UnusualHour).Name("unusual_size").Bool(agent.UnusualSize)
            .Name("volume_burst").Bool(agent.VolumeBurst).Name("burst_factor").Score(agent.BurstFactor)
            .Name("mutations_last_minute").Number(agent.MutationsLastMinute)
            .Name("credentials_in_session").Number(agent.CredentialsInSession);
        if (agent.SecondsSinceIamCreate is { } seconds)
            json.Name("seconds_since_iam_create").Score(seconds);
        json.EndObject();
    }

    static void Resource(CanonicalJson json, ResourceAttributes resource)
    {
        Word(json, "org", resource.Org);
        Word(json, "repo", resource.Repo);
        Word(json, "channel", resource.Channel);
        Word(json, "region", resource.Region);
        Word(json, "account", resource.Account);
    }

    static void Word(CanonicalJson json, string name, string? value)
    {
        if (value is not null)
            json.Name(name).String(value);
    }
}
