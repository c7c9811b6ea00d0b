using System.Buffers;
using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>
/// Reads <c>POST /v1/a2a/scan</c>, a hand-over from one agent to another, as the call that it is: a message to the other agent. A bare agent id
/// is an agent of the caller's own tenant; one that is written <c>tenant_id:agent</c> must name that tenant too.
/// </summary>
public static class HandoverReader
{
    static readonly JsonProblem ForeignFrom = new("$.from_agent_id", "Agents hand over within one tenant.");
    static readonly JsonProblem ForeignTo = ForeignFrom with { Path = "$.to_agent_id" };

    public static ScanReading Read(ReadOnlyMemory<byte> utf8, TenantId tenant)
    {
        using var tree = JsonTree.Parse(utf8, out var problem);
        if (tree is null || tree.Nodes[0].Kind != JsonKind.Object)
            return new(null, [problem ?? new("$", "The request must be a JSON object.")]);
        var fields = new FieldReader(tree);
        var from = Own(fields.Text("from_agent_id", ScanReader.LongestName, required: true), tenant, out var foreignFrom);
        var to = Own(fields.Text("to_agent_id", ScanReader.LongestName, required: true), tenant, out var foreignTo);
        var method = fields.Text("method", ScanReader.LongestName, required: true);
        fields.Text("intent", 4000);
        if (fields.Problems.Count > 0)
            return new(null, fields.Problems);
        if (foreignFrom || foreignTo)
            return new(null, [foreignFrom ? ForeignFrom : ForeignTo]);
        return ScanReader.Read(AsScan(tree, from!, to!, method!));
    }

    /// <summary>The one problem that means "another tenant's agent": a 403, not a 400.</summary>
    public static bool IsForeign(JsonProblem problem) => ReferenceEquals(problem, ForeignFrom) || ReferenceEquals(problem, ForeignTo);

    /// <summary>The agent's id without the tenant before it.</summary>
    internal static string Bare(string agent) => TenantIn(agent, out var colon) is null ? agent : agent[(colon + 1)..];

    static string? Own(string? agent, TenantId tenant, out bool foreign)
    {
        foreign = agent is not null && TenantIn(agent, out _) is { } named && named != tenant.Value;
        return agent is null ? null : Bare(agent);
    }

    static Guid? TenantIn(string agent, out int colon) =>
        (colon = agent.IndexOf(':', StringComparison.Ordinal)) > 0 && Guid.TryParse(agent.AsSpan(0, colon), out var named) ? named : null;

    static byte[] AsScan(JsonTree tree, string from, string to, string method)
    {
        var buffer = new ArrayBufferWriter<byte>(tree.Raw.Length + 256);
        using var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("method"u8, "POST");
        json.WriteString("url"u8, "message://a2a/" + Uri.EscapeDataString(to) + "/" + Uri.EscapeDataString(method));
        json.WriteString("operation"u8, method);
        json.WriteString("agent_id"u8, from);
        Copy(json, tree, "env"u8, "env");
        json.WriteStartObject("body"u8);
        json.WriteString("to_agent_id"u8, to);
        Copy(json, tree, "intent"u8, "intent");
        Copy(json, tree, "payload"u8, "payload");
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static void Copy(Utf8JsonWriter json, JsonTree tree, ReadOnlySpan<byte> name, string field)
    {
        if (tree.Child(0, field) is not (>= 0 and var node))
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(tree.RawValue(node), skipInputValidation: true);
    }
}
