using Interven.Contracts;
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
        json.BeginObject().Name("agent"u8);
        if (agent is null)
            json.Null();
        else
            Agent(json, agent);
        json.Name("call"u8).BeginObject().Name("is_external"u8).Bool(call.IsExternal).Name("url_is_known"u8).Bool(call.UrlIsKnown);
        Call(json, call, isClean);
        if (call.Unclaimed is { } unclaimed)
        {
            json.Name("unclaimed"u8).BeginObject().Name("tool"u8).String(unclaimed.Tool).Name("verb"u8).String(unclaimed.Verb.Word());
            Word(json, "operation", isClean ? unclaimed.Operation : null);
            Call(json, unclaimed, isClean);
            json.EndObject();
        }
        json.EndObject();
        if (!conditions.IsEmpty)
            json.Name("conditions"u8).Raw(conditions);
        return json.EndObject().Written.ToArray();
    }

    static void Call(CanonicalJson json, ToolCall call, bool isClean)
    {
        Word(json, "category", call.Category);
        if (isClean)
        {
            Word(json, "given_operation", call.GivenOperation);
            if (!call.ShownOperation.Equals(call.Operation, StringComparison.Ordinal))
                Word(json, "derived_operation", call.Operation);
            Resource(json, call.Resource);
        }
        if (call.Resource.IsExternalPrincipal is { } external)
            json.Name("is_external_principal"u8).Bool(external);
    }

    static void Agent(CanonicalJson json, AgentFacts agent)
    {
        json.BeginObject()
            .Name("trust"u8).Score(agent.Trust).Name("scans"u8).Number(agent.Scans)
            .Name("new_destination"u8).Bool(agent.NewDestination).Name("new_operation"u8).Bool(agent.NewOperation)
            .Name("unusual_hour"u8).Bool(agent.UnusualHour).Name("unusual_size"u8).Bool(agent.UnusualSize)
            .Name("volume_burst"u8).Bool(agent.VolumeBurst).Name("burst_factor"u8).Score(agent.BurstFactor)
            .Name("mutations_last_minute"u8).Number(agent.MutationsLastMinute)
            .Name("credentials_in_session"u8).Number(agent.CredentialsInSession);
        if (agent.SecondsSinceIamCreate is { } seconds)
            json.Name("seconds_since_iam_create"u8).Score(seconds);
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
